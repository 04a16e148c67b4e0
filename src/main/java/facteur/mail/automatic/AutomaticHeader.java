package facteur.mail.automatic;

import facteur.mail.message.Header;
import facteur.mail.message.HeaderDate;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MailboxField;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The header of a letter that the relay writes itself. Auto-Submitted keeps out-of-office programs from answering it
/// (RFC 3834 §5). Immutable.
///
/// @param messageId without its angle brackets
public record AutomaticHeader(Mailbox from, Mailbox to, String subject, Instant now, String messageId) {
    /// Of an answer to one letter.
    ///
    /// @param letter the field that names that letter
    /// @param content the fields of the body, but for MIME-Version
    public Header replied(HeaderField letter, HeaderField... content) {
        return header(Stream.of(letter), "auto-replied", content);
    }

    /// Of a letter that answers none.
    ///
    /// @param content the fields of the body, but for MIME-Version
    public Header generated(HeaderField... content) {
        return header(Stream.of(), "auto-generated", content);
    }

    private Header header(Stream<HeaderField> letter, String submitted, HeaderField... content) {
        var first = List.of(
                MailboxField.of("From", List.of(from)),
                MailboxField.of("To", List.of(to)),
                HeaderField.ofText("Subject", subject),
                HeaderField.of("Date", HeaderDate.of(now)),
                HeaderField.of("Message-ID", "<" + messageId + ">"));
        var kind = Stream.of(HeaderField.of("Auto-Submitted", submitted), HeaderField.of("MIME-Version", "1.0"));
        return new Header(Stream.of(first.stream(), letter, kind, Stream.of(content)).flatMap(fields -> fields).toList());
    }
}
