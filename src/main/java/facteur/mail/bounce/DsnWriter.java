package facteur.mail.bounce;

import facteur.mail.automatic.AutomaticHeader;
import facteur.mail.automatic.Language;
import facteur.mail.automatic.Texts;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.mime.QuotedPrintable;
import facteur.mail.smtp.Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a report as a multipart/report letter (RFC 6522): a text for people, a part for machines (RFC 3464 §2), and what is
/// given back of the letter ([ReturnedContent]).
///
/// It is a letter of 7 bits, even when its letter was not: what kept the letter from being relayed must not keep its report. Only an
/// address that has no other form, of the recipient of the report, is UTF-8. Immutable; safe to share between threads.
public final class DsnWriter {
    /// Of the letter reported on.
    private static final String QUEUE_ID = "X-Queue-Id";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern REPLY = Pattern.compile("[245][0-9]{2}(?:[ -]|$)");

    private final String hostname;
    private final Mailbox from;
    private final Texts texts;

    /// @param hostname of this relay: the reporting MTA
    /// @param domain in A-labels, that reports come from
    /// @param language of what is for people
    public DsnWriter(String hostname, String domain, Language language) {
        this.hostname = hostname;
        this.from = new Mailbox("Mail Delivery System", Address.of("mailer-daemon@" + domain));
        this.texts = Texts.in(language, DsnWriter.class);
    }

    /// Whom reports are from.
    public Address from() {
        return from.address();
    }

    /// Which letter a report of ours is on. An app's letter always has our Received, and a report has none.
    ///
    /// @param header of any letter
    /// @return empty when it isn't a report of ours
    public static Optional<String> reportedOn(Header header) {
        return header.first("Received").isEmpty() ? header.first(QUEUE_ID).map(HeaderField::value) : Optional.empty();
    }

    /// @param queueId of the report itself
    public Message write(Dsn dsn, String queueId, Instant now) {
        // The queue id stands in no letter of an app's before this one: a boundary that no field can already hold.
        var boundary = "=_" + queueId;
        var returned = ReturnedContent.of(dsn);
        var body = text(boundary, dsn, returned) + machine(boundary, dsn) + original(boundary, returned);
        return new Message(
                header(dsn, queueId, now, boundary), new MemoryBody(body.getBytes(StandardCharsets.US_ASCII)));
    }

    private Header header(Dsn dsn, String queueId, Instant now, String boundary) {
        var subject = texts.say("subject." + dsn.gravest().word());
        return new AutomaticHeader(from, Mailbox.of(dsn.to()), subject, now, queueId + "@" + hostname).replied(
                HeaderField.of(QUEUE_ID, dsn.queueId()),
                HeaderField.of("Content-Transfer-Encoding", "7bit"),
                HeaderField.of(
                        "Content-Type",
                        "multipart/report; report-type=delivery-status;\r\n\tboundary=\"" + boundary + "\""));
    }

    private String text(String boundary, Dsn dsn, ReturnedContent returned) {
        var text = texts.say("greeting", hostname) + "\r\n\r\n"
                + Stream.of(Dsn.Action.values()).map(action -> paragraph(dsn, action)).collect(Collectors.joining())
                + texts.say(switch (returned.extent()) {
                    case WHOLE -> "whole";
                    case HEADER -> "header";
                })
                + "\r\n\r\n";
        return "--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                + QuotedPrintable.encode(text);
    }

    private String paragraph(Dsn dsn, Dsn.Action action) {
        var recipients = dsn.recipients(action);
        if (recipients.isEmpty()) {
            return "";
        }
        return texts.say(action.word(), TIME.format(dsn.expiresAt())) + "\r\n\r\n"
                + recipients.stream()
                        .map(recipient -> "  " + recipient.path().address() + "\r\n" + why(recipient) + "\r\n")
                        .collect(Collectors.joining());
    }

    /// The words of whom it is from; a failure is never left without any.
    private String why(Dsn.ReportedRecipient recipient) {
        var words = PrintableAscii.of(recipient.diagnostic());
        if (words.isBlank() && recipient.action() == Dsn.Action.FAILED) {
            words = texts.say("silent");
        }
        return words.isBlank() ? "" : "    " + words + "\r\n";
    }

    private String machine(String boundary, Dsn dsn) {
        var fields = new StatusFields();
        dsn.request().envelopeId().ifPresent(id -> fields.put("Original-Envelope-Id", id.decoded()));
        fields.put("Reporting-MTA", "dns; " + hostname)
                .put(QUEUE_ID, dsn.queueId())
                .put("Arrival-Date", dsn.arrivedAt())
                .endGroup();
        dsn.recipients().forEach(recipient -> describe(fields, dsn, recipient));
        return "--" + boundary + "\r\nContent-Type: message/delivery-status\r\n\r\n" + fields;
    }

    private static void describe(StatusFields fields, Dsn dsn, Dsn.ReportedRecipient recipient) {
        recipient.path().original().ifPresent(original -> fields.put("Original-Recipient", original.fieldValue()));
        fields.put("Final-Recipient", recipient.path().address())
                .put("Action", recipient.action().word())
                .put("Status", recipient.status());
        recipient.remote().ifPresent(host -> fields.put("Remote-MTA", "dns; " + host));
        if (!recipient.diagnostic().isEmpty()) {
            // RFC 3464 §2.3.6: of the type smtp are replies alone. Hosts that deliver into a mailbox say something else.
            var type = REPLY.matcher(recipient.diagnostic()).lookingAt() ? "smtp; " : "x-unknown; ";
            fields.put("Diagnostic-Code", type + recipient.diagnostic());
        }
        // RFC 3464 §2.3.9
        if (recipient.action() == Dsn.Action.DELAYED) {
            fields.put("Will-Retry-Until", dsn.expiresAt());
        }
        fields.endGroup();
    }

    private static String original(String boundary, ReturnedContent returned) {
        return "--" + boundary + "\r\nContent-Type: " + returned.extent().type() + "\r\n"
                + "Content-Transfer-Encoding: " + returned.transferEncoding() + "\r\n\r\n"
                + returned.text()
                + "\r\n--" + boundary + "--\r\n";
    }
}
