package facteur.notice;

import facteur.mail.bounce.Dsn;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.spool.ReturnedLetter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reports to the app, in the form of RFC 3464 and with its own ENVID and ORCPT, what hosts beyond the upstream said of its letter.
///
/// The letter itself ended when the upstream took it, and its content with it. So the fields that are known of its header are given
/// back, whatever RET asks for. Immutable; safe to share between threads.
///
/// @param writer of all reports of this relay
/// @param reversePath of reports
public record ReturnReportWriter(DsnWriter writer, ReversePath reversePath) {
    private static final int FIELD = 900;
    private static final int HOST = 254;

    /// What there is to report to the app; empty when it is nothing, or the app wants none of it (RFC 3461 §4.1).
    Optional<Dsn> report(ReturnedLetter letter, Address to) {
        var last = new LinkedHashMap<Integer, Dsn.ReportedRecipient>();
        for (var each : letter.returns()) {
            for (var recipient : each.recipients()) {
                reported(letter, recipient).ifPresent(reported -> last.put(recipient.position(), reported));
            }
        }
        var wanted = last.values().stream().filter(Dsn.ReportedRecipient::isWanted).toList();
        var request = new DsnRequest(Optional.of(ReturnContent.HDRS), letter.request().envelopeId());
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Dsn(letter.id().text(), letter.acceptedAt(), letter.acceptedAt(), to, known(letter), request, wanted));
    }

    /// Of an address that the app never wrote to it can't be told.
    private static Optional<Dsn.ReportedRecipient> reported(ReturnedLetter letter, ReturnedLetter.OfRecipient recipient) {
        return letter.path(recipient).flatMap(path -> action(recipient).map(action -> new Dsn.ReportedRecipient(
                path,
                action,
                status(recipient, action),
                recipient.diagnostic().replaceFirst("(?i)^\\s*smtp\\s*;\\s*", ""),
                Optional.of(Visible.line(recipient.host(), HOST)).filter(host -> !host.isEmpty()))));
    }

    /// A delay is no news: the next report says how it ended.
    private static Optional<Dsn.Action> action(ReturnedLetter.OfRecipient recipient) {
        return switch (recipient.action()) {
            case "failed" -> Optional.of(Dsn.Action.FAILED);
            case "relayed" -> Optional.of(Dsn.Action.RELAYED);
            // RFC 3464 §2.3.3: the mailbox has it; its owner passes mail on to others.
            case "delivered", "expanded" -> Optional.of(Dsn.Action.DELIVERED);
            default -> Optional.empty();
        };
    }

    private static String status(ReturnedLetter.OfRecipient recipient, Dsn.Action action) {
        var isFailure = action == Dsn.Action.FAILED;
        return recipient.status().matches((isFailure ? "[45]" : "2") + "\\.[0-9]{1,3}\\.[0-9]{1,3}")
                ? recipient.status()
                : isFailure ? "5.0.0" : "2.0.0";
    }

    private static Message known(ReturnedLetter letter) {
        var fields = new ArrayList<HeaderField>();
        mailboxes("From", letter.from()).ifPresent(fields::add);
        mailboxes("Reply-To", letter.sent().replyTo()).ifPresent(fields::add);
        text("Subject", letter.subject()).ifPresent(fields::add);
        text("Message-ID", letter.messageId()).filter(_ -> HeaderEncoding.ASCII.holds(letter.messageId())).ifPresent(fields::add);
        return new Message(new Header(List.copyOf(fields)), new MemoryBody(new byte[0]));
    }

    private static Optional<HeaderField> mailboxes(String name, String text) {
        return Mailbox.parseAddresses(text)
                .filter(list -> list.stream().allMatch(mailbox -> mailbox.address().isAsciiCapable()))
                .map(list -> MailboxField.of(name, list))
                .or(() -> text(name, text));
    }

    private static Optional<HeaderField> text(String name, String text) {
        return Stream.of(Visible.line(text, FIELD)).filter(line -> !line.isEmpty()).map(line -> HeaderField.ofText(name, line)).findFirst();
    }
}
