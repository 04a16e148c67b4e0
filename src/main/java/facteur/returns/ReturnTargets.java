package facteur.returns;

import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.smtp.Address;
import facteur.spool.ReturnStore;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds out what an address stands for. One that we didn't make costs a hash, and no lookup. Thread-safe; blocks for the database.
final class ReturnTargets {
    private final Supplier<Optional<ReturnAddresses>> addresses;
    private final Supplier<Duration> keep;
    private final ReturnStore store;
    private final InstantSource time;

    /// @param addresses empty while no return address is in use
    /// @param keep how long return addresses are good after the end of their letter
    ReturnTargets(Supplier<Optional<ReturnAddresses>> addresses, Supplier<Duration> keep, ReturnStore store, InstantSource time) {
        this.addresses = addresses;
        this.keep = keep;
        this.store = store;
        this.time = time;
    }

    ReturnTarget find(Address recipient) {
        var ours = addresses.get();
        var read = ours.flatMap(known -> known.read(recipient));
        if (read.isEmpty()) {
            return ours.filter(known -> CheckedDoor.isCaretaker(recipient, known)).isPresent()
                    ? new ReturnTarget.Caretaker()
                    : new ReturnTarget.Refused(ClosedDoor.NO_SUCH_ADDRESS);
        }
        try {
            return store.answered(read.get().letter(), time.instant())
                    .filter(this::isRemembered)
                    .<ReturnTarget>map(letter -> ReturnLimits.isReached(letter)
                            ? new ReturnTarget.Refused(ReturnTarget.TOO_MUCH)
                            : new ReturnTarget.OfLetter(read.get(), letter))
                    .orElseGet(() -> new ReturnTarget.Refused(ReturnTarget.GONE));
        } catch (SpoolException failure) {
            return new ReturnTarget.Refused(ReturnTarget.AWAY);
        }
    }

    /// By the clock, even if its rows are still there.
    private boolean isRemembered(ReturnStore.Answered letter) {
        return !letter.isForgotten() && letter.endedAt().filter(at -> at.plus(keep.get()).isBefore(time.instant())).isEmpty();
    }
}
