package facteur.mail.smtp;

import java.util.Optional;

/// One recipient of a letter, as RCPT names it.
///
/// @param reports what NOTIFY asks for; empty when RCPT doesn't say
/// @param original whom the letter was first written to; empty when RCPT doesn't say
public record ForwardPath(Address address, Optional<Notify> reports, Optional<OriginalRecipient> original) {
    /// A set, and what makes it one that can't be changed.
    private static final int REPORTS_BYTES = 2 * TextMemory.OBJECT_BYTES;

    /// A recipient without any wish for reports.
    public static ForwardPath of(Address address) {
        return new ForwardPath(address, Optional.empty(), Optional.empty());
    }

    /// About how many octets of memory it takes.
    public int memoryBytes() {
        return TextMemory.OBJECT_BYTES
                + address.memoryBytes()
                + reports.map(_ -> REPORTS_BYTES).orElse(0)
                + original.map(OriginalRecipient::memoryBytes).orElse(0);
    }

    /// Without NOTIFY, success is not reported (RFC 3461 §4.1).
    public boolean wants(Notify.Occasion occasion) {
        return reports.map(given -> given.occasions().contains(occasion)).orElse(occasion != Notify.Occasion.SUCCESS);
    }
}
