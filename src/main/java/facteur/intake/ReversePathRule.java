package facteur.intake;

import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import java.util.function.Supplier;

/// Under which reverse-path a letter leaves; where its bounces from beyond the upstream go. `<>` always stays `<>`.
public sealed interface ReversePathRule {
    /// The same address for every letter: the shared one, or another of the operator's.
    record Always(Address address) implements ReversePathRule {}

    /// The address in the new From.
    record AsFrom() implements ReversePathRule {}

    /// The app's own.
    record Keep() implements ReversePathRule {}

    /// A return address of the letter's own, by which its bounces are known.
    record Returns() implements ReversePathRule {}

    /// Reads `shared`, `from`, `keep`, `returns` or an address.
    ///
    /// @throws IllegalArgumentException when it is something else
    static ReversePathRule parse(String text, Address sharedAddress) {
        return switch (text) {
            case "shared" -> new Always(sharedAddress);
            case "from" -> new AsFrom();
            case "keep" -> new Keep();
            case "returns" -> new Returns();
            default -> new Always(Address.parse(text)
                    .filter(Address::isAsciiCapable)
                    .orElseThrow(() -> new IllegalArgumentException("must be shared, from, keep, returns or an address: " + text)));
        };
    }

    /// @param own makes the letter's return address
    default ReversePath apply(ReversePath original, Address from, Supplier<Address> own) {
        return switch (original) {
            case ReversePath.Null() -> original;
            case ReversePath.Path ignored -> switch (this) {
                case Always(var address) -> ReversePath.of(address.toAscii());
                case AsFrom() -> ReversePath.of(from.toAscii());
                case Keep() -> original;
                case Returns() -> ReversePath.of(own.get());
            };
        };
    }
}
