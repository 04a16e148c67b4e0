package facteur.cli;

import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.simplejavamail.converter.EmailConverter;
import org.simplejavamail.email.EmailBuilder;

/// A letter as an app of the office would write it, composed by Simple Java Mail. That library doesn't send it: it would
/// trust every certificate.
///
/// @param sender the mailbox in From
/// @param recipients at least one
record TestLetter(
        Mailbox sender,
        List<Address> recipients,
        String subject,
        Optional<String> office,
        Optional<String> context,
        Optional<String> relation) {
    private static final String TEXT = """
            This is a test letter of facteur, sent by "facteur send-test".

            Its From and Reply-To are those that an app's letter would have.
            """;

    Envelope envelope() {
        return new Envelope(ReversePath.of(sender.address()), recipients, BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
    }

    Message message() {
        var email = EmailBuilder.startingBlank()
                .from(sender.name().isEmpty() ? null : sender.name(), sender.address().toString())
                .toMultiple(recipients.stream().map(Address::toString).toArray(String[]::new))
                .withSubject(subject)
                .withPlainText(TEXT);
        office.ifPresent(id -> email.withHeader("X-Office-Id", id));
        context.ifPresent(name -> email.withHeader("X-Context", name));
        relation.ifPresent(id -> email.withHeader("X-Relation-Id", id));
        return parsed(EmailConverter.emailToEML(email.buildEmail()).getBytes(StandardCharsets.UTF_8));
    }

    /// The composer's own octets: CRLF at every line's end, an empty line behind the header.
    private static Message parsed(byte[] octets) {
        var end = new String(octets, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 2;
        return new Message(
                Header.parse(Arrays.copyOf(octets, end)), new MemoryBody(Arrays.copyOfRange(octets, end + 2, octets.length)));
    }
}
