package facteur.mail.smtp;

import java.util.Optional;

/// What MAIL says of the reports on a letter (RFC 3461 §4.3, §4.4).
///
/// @param returnContent RET; empty when MAIL doesn't say
/// @param envelopeId ENVID, by which the app knows its letter again; empty when MAIL doesn't say
public record DsnRequest(Optional<ReturnContent> returnContent, Optional<Xtext> envelopeId) {
    public static final DsnRequest NONE = new DsnRequest(Optional.empty(), Optional.empty());

    /// About how many octets of memory it takes.
    int memoryBytes() {
        return envelopeId.map(Xtext::memoryBytes).orElse(0);
    }
}
