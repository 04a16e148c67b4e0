package facteur.intake;

import facteur.smtp.Address;
import facteur.smtp.ReversePath;

/// Under which reverse-path a letter leaves; where its bounces from beyond the upstream go. `<>` always stays `<>`.
public sealed interface ReversePathRule {
    /// The same address for every letter: the shared one, or another of the operator's.
    record Always(Address address) implements ReversePathRule {}

    /// The address in the new From.
    record AsFrom() implements ReversePathRule {}

    /// The app's own.
    record Keep() implements ReversePathRule {}

    default ReversePath apply(ReversePath original, Address from) {
        return switch (original) {
            case ReversePath.Null() -> original;
            case ReversePath.Path ignored -> switch (this) {
                case Always(var address) -> ReversePath.of(address.toAscii());
                case AsFrom() -> ReversePath.of(from.toAscii());
                case Keep() -> original;
            };
        };
    }
}
