package facteur.junit;

import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A letter as it left: the upstream has accepted it for these recipients. Immutable.
///
/// @param queueId the same for all parts of a letter that leaves in parts, for some recipients now, for others later; a
///     report to the app has one of its own
/// @param envelope with the recipients that it was accepted for
public record Letter(String queueId, Envelope envelope, Message message) {
    /// Addresses, in order.
    public List<String> recipients() {
        return envelope.recipients().stream().map(path -> path.address().toString()).toList();
    }

    /// `Cabinet Dupont <office@dupont.example>`: name and address, decoded.
    public String from() {
        return mailboxes("From");
    }

    /// As [#from]; several with a comma and a blank between, none = empty.
    public String replyTo() {
        return mailboxes("Reply-To");
    }

    /// Decoded; empty when there is none.
    public String subject() {
        return message.header().first("Subject").map(HeaderField::text).orElse("");
    }

    /// The value of the first field of that name, unfolded, otherwise as it stands.
    public Optional<String> field(String name) {
        return message.header().first(name).map(HeaderField::value);
    }

    /// The values of all fields of that name.
    public List<String> fields(String name) {
        return message.header().all(name).stream().map(HeaderField::value).toList();
    }

    /// What stands behind the header, read as UTF-8 and otherwise as it stands: facteur never opens a body. To look into
    /// attachments, give [#octets] to a mail library.
    public String body() {
        var out = new ByteArrayOutputStream();
        try {
            message.body().writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Header and body, octet for octet as the upstream got them.
    public byte[] octets() {
        var out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private String mailboxes(String name) {
        return message.header().all(name).stream()
                .map(field -> Mailbox.parseList(field.value())
                        .map(list -> list.stream().map(Mailbox::toString).collect(Collectors.joining(", ")))
                        .orElse(field.value()))
                .collect(Collectors.joining(", "));
    }

    /// For the messages of failed tests.
    @Override
    public String toString() {
        return queueId + " to " + String.join(", ", recipients()) + " \"" + subject() + "\"";
    }
}
