package facteur.delivery;

import facteur.mail.letter.Letter;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.spool.LeasedLetter;
import java.util.Optional;
import java.util.function.Consumer;

/// Starts the attempts of one route, each on a thread of its own, as far as there are slots. Thread-safe.
final class Attempts {
    private final AttemptSlots slots;
    private final DeliveryContext.AttemptThreads threads;
    private final RunnerSignals signals;

    /// Whether the end of an attempt wakes the loop.
    private volatile boolean isEndAwaited;

    Attempts(AttemptSlots slots, DeliveryContext.AttemptThreads threads, RunnerSignals signals) {
        this.slots = slots;
        this.threads = threads;
        this.signals = signals;
    }

    /// A slot for a new letter, if there is one.
    Optional<AttemptSlots.Slot> slot(Letter letter) {
        return slots.tryAcquire(memoryBytes(letter));
    }

    void start(LeasedLetter leased, AttemptSlots.Slot slot, Consumer<LeasedLetter> work) {
        threads.start("attempt-" + leased.id(), () -> {
            try {
                work.accept(leased);
            } finally {
                slot.release();
                if (isEndAwaited) {
                    signals.wake();
                }
            }
        });
    }

    /// From now on the end of an attempt wakes the loop. To be called before it looks for slots, so that none is missed.
    void awaitEnd() {
        isEndAwaited = true;
    }

    /// The loop has slots enough.
    void awaitNoEnd() {
        isEndAwaited = false;
    }

    /// Slots for letters from the queue; to be used by [#startReserved], or given back.
    int reserve(int limit) {
        return slots.reserve(limit);
    }

    /// In one of the reserved slots.
    void startReserved(LeasedLetter leased, Consumer<LeasedLetter> work) {
        start(leased, slots.reserved(memoryBytes(leased.letter())), work);
    }

    void giveBack(int reserved) {
        slots.giveBack(reserved);
    }

    private static long memoryBytes(Letter letter) {
        var withoutBody = letter.envelope().memoryBytes() + letter.message().header().sizeBytes();
        return switch (letter.message().body()) {
            case MemoryBody body -> withoutBody + body.sizeBytes();
            case FileBody _ -> withoutBody;
        };
    }
}
