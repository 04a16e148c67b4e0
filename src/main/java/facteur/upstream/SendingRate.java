package facteur.upstream;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// When the next letter may go, by every cap of an upstream together. Shared by all who relay to it, and by the upstream that
/// takes its place under the same name at a reload; forgotten at a stop.
///
/// Thread-safe.
public final class SendingRate {
    /// @param cap that lasts longest
    record Slot(Instant at, RateCap cap) {}

    private record Counted(RateCap cap, RollingWindow window) {}

    private List<Counted> caps = List.of();

    /// When the last one may go that has a slot, perhaps in the future.
    private Instant last = Instant.MIN;

    public SendingRate(List<RateCap> caps) {
        apply(caps);
    }

    /// Applies other caps from now on. What was counted under a cap of the same key still counts; of a new one nothing
    /// is known.
    public synchronized void apply(List<RateCap> others) {
        caps = others.stream().map(cap -> new Counted(cap, window(cap))).toList();
    }

    private RollingWindow window(RateCap cap) {
        var window = caps.stream()
                .filter(counted -> counted.cap().key().equals(cap.key()))
                .map(Counted::window)
                .findFirst()
                .orElseGet(() -> new RollingWindow(cap.most(), cap.window()));
        window.allow(cap.most());
        return window;
    }

    /// When a letter may go, after this many others that have no slot yet; empty without caps.
    synchronized Optional<Slot> expected(int ahead, Instant now) {
        return slot(now, cap -> ahead + 1);
    }

    /// Takes a slot for a letter, after all that were taken before; unless it is too late.
    ///
    /// @param recipients of the letter; more than fit into a window count as what fits
    /// @param latest that is of use; with a later slot the letter isn't counted
    synchronized Optional<Slot> acquire(int recipients, Instant now, Instant latest) {
        var slot = slot(now, cap -> number(cap, recipients));
        if (slot.isPresent() && !slot.get().at().isAfter(latest)) {
            last = slot.get().at();
            caps.forEach(counted -> counted.window().take(last, number(counted.cap(), recipients)));
        }
        return slot;
    }

    private Optional<Slot> slot(Instant now, ToIntFunction<RateCap> number) {
        if (caps.isEmpty()) {
            return Optional.empty();
        }
        var from = now.isBefore(last) ? last : now;
        return caps.stream()
                .map(counted -> new Slot(
                        counted.window().earliest(from, number.applyAsInt(counted.cap())), counted.cap()))
                .max(Comparator.comparing(Slot::at));
    }

    private static int number(RateCap cap, int recipients) {
        return switch (cap.unit()) {
            case LETTERS -> 1;
            case RECIPIENTS -> Math.min(recipients, cap.most());
        };
    }
}
