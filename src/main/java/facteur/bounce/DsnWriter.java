package facteur.bounce;

import facteur.message.Header;
import facteur.message.HeaderDate;
import facteur.message.HeaderField;
import facteur.message.Mailbox;
import facteur.message.MailboxField;
import facteur.message.MemoryBody;
import facteur.message.Message;
import facteur.smtp.Address;
import facteur.smtp.HeaderEncoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a report as a multipart/report letter (RFC 6522): a text for people, a part for machines (RFC 3464 §2), the
/// header of the letter (not its body: it may be private, and large). Immutable; safe to share between threads.
public final class DsnWriter {
    /// RFC 5322 §2.1.1 ends a line at 998 octets; a reply of many lines is longer.
    private static final int TEXT_LIMIT = 900;

    private final String hostname;

    /// @param hostname of this relay: the reporting MTA
    public DsnWriter(String hostname) {
        this.hostname = hostname;
    }

    /// @param queueId of the report itself
    public Message write(Dsn dsn, String queueId, Instant now) {
        // The queue id stands in no letter of an app's before this one: a boundary nobody can have written into a field.
        var boundary = "=_" + queueId;
        var body = text(boundary, dsn) + machine(boundary, dsn) + original(boundary, dsn);
        return new Message(header(dsn, queueId, now, boundary), new MemoryBody(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private Header header(Dsn dsn, String queueId, Instant now, String boundary) {
        var from = new Mailbox("Mail Delivery System", Address.of("mailer-daemon@" + hostname));
        return new Header(List.of(
                MailboxField.of("From", List.of(from), HeaderEncoding.ASCII),
                MailboxField.of("To", List.of(Mailbox.of(dsn.to())), encoding(dsn)),
                HeaderField.of("Subject", "Undelivered mail returned to sender"),
                HeaderField.of("Date", HeaderDate.of(now)),
                HeaderField.of("Message-ID", "<" + queueId + "@" + hostname + ">"),
                // RFC 3834 §5: nobody's vacation answers this.
                HeaderField.of("Auto-Submitted", "auto-replied"),
                HeaderField.of("MIME-Version", "1.0"),
                HeaderField.of("Content-Transfer-Encoding", transferEncoding(dsn)),
                HeaderField.of(
                        "Content-Type",
                        "multipart/report; report-type=delivery-status;\r\n\tboundary=\"" + boundary + "\"")));
    }

    private static HeaderEncoding encoding(Dsn dsn) {
        return dsn.to().isAsciiCapable() ? HeaderEncoding.ASCII : HeaderEncoding.UTF8;
    }

    private String text(String boundary, Dsn dsn) {
        var lines = new StringBuilder("--" + boundary + "\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n");
        lines.append("This is the mail relay at ").append(hostname).append(".\r\n\r\n");
        lines.append("Your letter could not be delivered to these recipients:\r\n\r\n");
        for (var recipient : dsn.recipients()) {
            lines.append("  ").append(ascii(recipient.address().toString())).append("\r\n");
            lines.append("    ").append(ascii(recipient.diagnostic())).append("\r\n\r\n");
        }
        return lines.append("Nobody will try again. The header of your letter is attached.\r\n\r\n").toString();
    }

    private String machine(String boundary, Dsn dsn) {
        return "--" + boundary + "\r\nContent-Type: message/delivery-status\r\n\r\n"
                + "Reporting-MTA: dns; " + hostname + "\r\n"
                + "X-Queue-Id: " + dsn.queueId() + "\r\n"
                + "Arrival-Date: " + HeaderDate.of(dsn.arrivedAt()) + "\r\n\r\n"
                + dsn.recipients().stream().map(DsnWriter::fields).collect(Collectors.joining());
    }

    private static String fields(Dsn.FailedRecipient recipient) {
        return "Final-Recipient: rfc822; " + ascii(recipient.address().toString()) + "\r\n"
                + "Action: failed\r\n"
                + "Status: " + recipient.status() + "\r\n"
                + "Diagnostic-Code: smtp; " + ascii(recipient.diagnostic()) + "\r\n\r\n";
    }

    private static String original(String boundary, Dsn dsn) {
        return "--" + boundary + "\r\nContent-Type: text/rfc822-headers\r\n"
                + "Content-Transfer-Encoding: " + transferEncoding(dsn) + "\r\n\r\n"
                + new String(dsn.header().octets(), StandardCharsets.ISO_8859_1)
                + "\r\n--" + boundary + "--\r\n";
    }

    /// The header goes back as it is, octets over 127 included (RFC 2045 §6.2).
    private static String transferEncoding(Dsn dsn) {
        for (var octet : dsn.header().octets()) {
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
