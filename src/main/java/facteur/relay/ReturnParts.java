package facteur.relay;

import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKeys;
import facteur.returns.CheckedDoor;
import facteur.returns.ClosedDoor;
import facteur.returns.ReturnDoor;
import java.util.Optional;
import java.util.function.Supplier;

/// What takes what comes back, assembled. It follows the configuration: a reload may add or remove the section `returns`.
///
/// Thread-safe.
final class ReturnParts {
    private final CurrentConfig current;
    private final Supplier<ReturnKeys> keys;
    private final ReturnDoor door;

    /// @param keys of return addresses
    ReturnParts(CurrentConfig current, Supplier<ReturnKeys> keys) {
        this.current = current;
        this.keys = keys;
        this.door = new CheckedDoor(this::addresses, new ClosedDoor());
    }

    /// Empty while letters leave without.
    Optional<ReturnAddresses> addresses() {
        return current.get().returns().map(returns -> new ReturnAddresses(returns.domains(), keys));
    }

    /// What listeners for returns ask.
    ReturnDoor door() {
        return door;
    }
}
