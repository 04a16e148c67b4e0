package facteur.bounce;

import facteur.message.Header;
import facteur.message.HeaderDate;
import facteur.message.HeaderField;
import facteur.message.Mailbox;
import facteur.message.MailboxField;
import facteur.message.MemoryBody;
import facteur.message.Message;
import facteur.smtp.Address;
import facteur.smtp.ReturnContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a report as a multipart/report letter (RFC 6522): a text for people, a part for machines (RFC 3464 §2), and
/// the header of the letter. Its body, which may be private and large, comes along only when the app asked for it, the
/// letter failed, and is small. Immutable; safe to share between threads.
public final class DsnWriter {
    /// RFC 5322 §2.1.1 ends a line at 998 octets; a reply of many lines is longer.
    private static final int TEXT_LIMIT = 900;

    /// A larger letter isn't given back whole, whatever RET says (RFC 3461 §6.2).
    private static final int WHOLE_LIMIT_BYTES = 256 * 1024;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

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

    /// @param queueId of the report itself
    public Message write(Dsn dsn, String queueId, Instant now) {
        // The queue id stands in no letter of an app's before this one: a boundary nobody can have written into a field.
        var boundary = "=_" + queueId;
        var returned = returned(dsn);
        var body = text(boundary, dsn) + machine(boundary, dsn) + original(boundary, dsn, returned);
        return new Message(
                header(dsn, queueId, now, boundary, transferEncoding(returned)),
                new MemoryBody(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private Header header(Dsn dsn, String queueId, Instant now, String boundary, String transferEncoding) {
        return new Header(List.of(
                MailboxField.of("From", List.of(from)),
                MailboxField.of("To", List.of(Mailbox.of(dsn.to()))),
                HeaderField.ofText("Subject", texts.say("subject." + dsn.gravest().word())),
                HeaderField.of("Date", HeaderDate.of(now)),
                HeaderField.of("Message-ID", "<" + queueId + "@" + hostname + ">"),
                // RFC 3834 §5: nobody's vacation answers this.
                HeaderField.of("Auto-Submitted", "auto-replied"),
                HeaderField.of("MIME-Version", "1.0"),
                HeaderField.of("Content-Transfer-Encoding", transferEncoding),
                HeaderField.of(
                        "Content-Type",
                        "multipart/report; report-type=delivery-status;\r\n\tboundary=\"" + boundary + "\"")));
    }

    private String text(String boundary, Dsn dsn) {
        var text = texts.say("greeting", hostname) + "\r\n\r\n"
                + Stream.of(Dsn.Action.values()).map(action -> paragraph(dsn, action)).collect(Collectors.joining())
                + texts.say(isReturnedWhole(dsn) ? "whole" : "header") + "\r\n\r\n";
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
                        .map(recipient -> "  " + ascii(recipient.path().address().toString()) + "\r\n"
                                + "    " + ascii(recipient.diagnostic()) + "\r\n\r\n")
                        .collect(Collectors.joining());
    }

    private String machine(String boundary, Dsn dsn) {
        return "--" + boundary + "\r\nContent-Type: message/delivery-status\r\n\r\n"
                + dsn.request().envelopeId()
                        .map(id -> "Original-Envelope-Id: " + ascii(id.decoded()) + "\r\n")
                        .orElse("")
                + "Reporting-MTA: dns; " + hostname + "\r\n"
                + "X-Queue-Id: " + dsn.queueId() + "\r\n"
                + "Arrival-Date: " + HeaderDate.of(dsn.arrivedAt()) + "\r\n\r\n"
                + dsn.recipients().stream().map(recipient -> fields(dsn, recipient)).collect(Collectors.joining());
    }

    private static String fields(Dsn dsn, Dsn.ReportedRecipient recipient) {
        return recipient.path().original()
                        .map(original -> "Original-Recipient: " + ascii(original.fieldValue()) + "\r\n")
                        .orElse("")
                + "Final-Recipient: rfc822; " + ascii(recipient.path().address().toString()) + "\r\n"
                + "Action: " + recipient.action().word() + "\r\n"
                + "Status: " + recipient.status() + "\r\n"
                + "Diagnostic-Code: smtp; " + ascii(recipient.diagnostic()) + "\r\n"
                // RFC 3464 §2.3.9
                + (recipient.action() == Dsn.Action.DELAYED
                        ? "Will-Retry-Until: " + HeaderDate.of(dsn.expiresAt()) + "\r\n"
                        : "")
                + "\r\n";
    }

    private static String original(String boundary, Dsn dsn, byte[] returned) {
        return "--" + boundary + "\r\nContent-Type: " + (isReturnedWhole(dsn) ? "message/rfc822" : "text/rfc822-headers") + "\r\n"
                + "Content-Transfer-Encoding: " + transferEncoding(returned) + "\r\n\r\n"
                + new String(returned, StandardCharsets.ISO_8859_1)
                + "\r\n--" + boundary + "--\r\n";
    }

    /// RFC 3461 §4.3: RET is about failures.
    private static boolean isReturnedWhole(Dsn dsn) {
        return dsn.request().returnContent().filter(ReturnContent.FULL::equals).isPresent()
                && dsn.gravest() == Dsn.Action.FAILED
                && dsn.original().body() instanceof MemoryBody
                && dsn.original().sizeBytes() <= WHOLE_LIMIT_BYTES;
    }

    private static byte[] returned(Dsn dsn) {
        if (!isReturnedWhole(dsn)) {
            return dsn.original().header().octets();
        }
        var out = new ByteArrayOutputStream((int) dsn.original().sizeBytes());
        try {
            dsn.original().writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /// What goes back is as it is, octets over 127 included (RFC 2045 §6.2).
    private static String transferEncoding(byte[] returned) {
        for (var octet : returned) {
            if (octet < 0) {
                return "8bit";
            }
        }
        return "7bit";
    }

    private static String ascii(String text) {
        return text.codePoints()
                .limit(TEXT_LIMIT)
                .mapToObj(c -> c >= ' ' && c < 127 ? Character.toString(c) : "?")
                .collect(Collectors.joining());
    }
}
