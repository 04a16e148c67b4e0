package facteur.smtp;

import java.util.List;

/// What SMTP needs to know of a letter, apart from its content (RFC 5321 §2.3.1).
///
/// @param recipients in the order of their RCPT commands; a repeat is kept
/// @param body what MAIL said of the content
/// @param encoding whether header and addresses may hold UTF-8
/// @param dsn what MAIL said of reports
public record Envelope(
        ReversePath reversePath, List<ForwardPath> recipients, BodyType body, HeaderEncoding encoding, DsnRequest dsn) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /// An envelope that says nothing of reports.
    public Envelope(ReversePath reversePath, List<Address> recipients, BodyType body, HeaderEncoding encoding) {
        this(reversePath, recipients.stream().map(ForwardPath::of).toList(), body, encoding, DsnRequest.NONE);
    }

    public Envelope withReversePath(ReversePath other) {
        return new Envelope(other, recipients, body, encoding, dsn);
    }

    public Envelope withRecipients(List<ForwardPath> others) {
        return new Envelope(reversePath, others, body, encoding, dsn);
    }
}
