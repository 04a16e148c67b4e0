package facteur.smtp;

import java.util.List;

/// What SMTP needs to know of a letter, apart from its content (RFC 5321 §2.3.1).
///
/// @param recipients in the order of their RCPT commands; a repeat is kept
/// @param body what MAIL said of the content
/// @param encoding whether header and addresses may hold UTF-8
public record Envelope(ReversePath reversePath, List<Address> recipients, BodyType body, HeaderEncoding encoding) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    public Envelope withReversePath(ReversePath other) {
        return new Envelope(other, recipients, body, encoding);
    }

    public Envelope withRecipients(List<Address> others) {
        return new Envelope(reversePath, others, body, encoding);
    }
}
