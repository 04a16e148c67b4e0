package facteur.mail.smtp;

import java.util.List;

/// What SMTP needs to know of a letter, apart from its content (RFC 5321 §2.3.1).
///
/// @param recipients in the order of their RCPT commands; a repeat is kept
/// @param body of the content, as it is; until the content has come, as MAIL says
/// @param encoding UTF8 when the app speaks SMTPUTF8 and there is a need for it: an address without an ASCII form, or UTF-8 in
///     the header; until the content has come, as MAIL says
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

    /// With what is known of the content once it is there.
    public Envelope holding(BodyType otherBody, HeaderEncoding otherEncoding) {
        return new Envelope(reversePath, recipients, otherBody, otherEncoding, dsn);
    }

    public Envelope withReversePath(ReversePath other) {
        return new Envelope(other, recipients, body, encoding, dsn);
    }

    public Envelope withRecipients(List<ForwardPath> others) {
        return new Envelope(reversePath, others, body, encoding, dsn);
    }

    /// About how many octets of memory it takes.
    public long memoryBytes() {
        var bytes = (long) reversePath.memoryBytes() + dsn.memoryBytes();
        for (var recipient : recipients) {
            bytes += recipient.memoryBytes();
        }
        return bytes;
    }

    /// Whether an address has no form for a wire without SMTPUTF8 (RFC 6531 §3.2).
    public boolean hasWideAddress() {
        if (reversePath instanceof ReversePath.Path(var address) && !address.isAsciiCapable()) {
            return true;
        }
        for (var recipient : recipients) {
            if (!recipient.address().isAsciiCapable()) {
                return true;
            }
        }
        return false;
    }
}
