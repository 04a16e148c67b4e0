package facteur.rewrite;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderDate;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import facteur.mail.message.Message;
import facteur.mail.message.MessageId;
import facteur.policy.Decision;
import java.util.ArrayList;
import java.util.List;

/// Writes a decision into a letter's header (`src/docs/design.md#the-rest-of-the-header`). Stateless; safe to share between threads.
public final class Rewriter {
    /// Ours to read, private to the app, or broken by the rewriting.
    private static final List<String> REMOVED = List.of(
            "X-Context",
            "X-Relation-Id",
            "X-Office-Id",
            "X-Letter-Key",
            "Bcc",
            "Resent-Bcc",
            "Return-Path",
            "Sender",
            "DKIM-Signature");

    /// They ask for mail to an address of the app's choice.
    private static final List<String> NOTIFIED = List.of("Disposition-Notification-To", "Return-Receipt-To");

    private static final String DATE = "Date";
    private static final String MESSAGE_ID = "Message-ID";

    private Rewriter() {}

    /// The letter as it leaves: our Received on top; From and Reply-To in the place of the app's own, or behind; the
    /// rest in its order; Date and Message-ID last when they were missing, or said nothing.
    public static Message rewrite(Message message, Decision.Rewrite decision, ReceivedTrace trace) {
        return rewrite(message, decision, decision.replyTo(), trace);
    }

    /// The same with another Reply-To, which stands for those that were decided.
    public static Message rewrite(Message message, Decision.Rewrite decision, List<Mailbox> writtenReplyTo, ReceivedTrace trace) {
        var from = MailboxField.of("From", List.of(decision.from()));
        var replyTo = MailboxField.of("Reply-To", writtenReplyTo);
        var hasReplyTo = message.header().first("Reply-To").isPresent();

        var fields = new ArrayList<HeaderField>(message.header().fields().size() + 5);
        fields.add(trace.received());
        for (var field : message.header().fields()) {
            if (field.is("From")) {
                if (!fields.contains(from)) {
                    fields.add(from);
                    if (!hasReplyTo) {
                        fields.add(replyTo);
                    }
                }
            } else if (field.is("Reply-To")) {
                if (!fields.contains(replyTo)) {
                    fields.add(replyTo);
                }
            } else if (!isRemoved(field, decision.replyTo()) && !isUseless(field)) {
                fields.add(field);
            }
        }
        if (!fields.contains(from)) {
            fields.add(from);
        }
        if (!fields.contains(replyTo)) {
            fields.add(replyTo);
        }
        if (!hasAny(fields, DATE)) {
            fields.add(HeaderField.of(DATE, HeaderDate.of(trace.at())));
        }
        if (!hasAny(fields, MESSAGE_ID)) {
            fields.add(HeaderField.of(MESSAGE_ID, "<" + trace.queueId() + "@" + trace.by() + ">"));
        }
        return message.withHeader(new Header(fields));
    }

    private static boolean hasAny(List<HeaderField> fields, String name) {
        for (var field : fields) {
            if (field.is(name)) {
                return true;
            }
        }
        return false;
    }

    /// An empty field counts as missing: hosts refuse a letter for an empty Message-ID, and an empty Date says nothing.
    private static boolean isUseless(HeaderField field) {
        return field.is(MESSAGE_ID) && !MessageId.names(field.value()) || field.is(DATE) && !HeaderDate.isReadable(field.value());
    }

    private static boolean isRemoved(HeaderField field, List<Mailbox> replyTo) {
        return field.isAny(REMOVED) || field.isAny(NOTIFIED) && !namesOnly(replyTo, field);
    }

    private static boolean namesOnly(List<Mailbox> allowed, HeaderField field) {
        return Mailbox.parseList(field.value())
                .filter(named -> named.stream()
                        .allMatch(mailbox -> allowed.stream()
                                .anyMatch(other -> other.address().isSameMailbox(mailbox.address()))))
                .isPresent();
    }
}
