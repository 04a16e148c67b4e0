package facteur.smtp;

import java.util.Optional;

/// One recipient of a letter, as RCPT names it.
///
/// @param reports what NOTIFY asks for; empty when RCPT doesn't say
/// @param original whom the letter was first written to; empty when RCPT doesn't say
public record ForwardPath(Address address, Optional<Notify> reports, Optional<OriginalRecipient> original) {
    /// A recipient without any wish for reports.
    public static ForwardPath of(Address address) {
        return new ForwardPath(address, Optional.empty(), Optional.empty());
    }

    /// Without NOTIFY, success is not reported (RFC 3461 §4.1).
    public boolean wants(Notify.Occasion occasion) {
        return reports.map(given -> given.occasions().contains(occasion)).orElse(occasion != Notify.Occasion.SUCCESS);
    }
}
