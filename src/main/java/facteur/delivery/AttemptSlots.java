package facteur.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many attempts may run for a route, within what may be held in memory for all routes. Letters from the queue get half
/// of the slots at most, so that a new letter finds one however many wait. Thread-safe.
final class AttemptSlots {
    /// Room for one attempt, to be released once.
    interface Slot {
        void release();
    }

    /// Permits whose number can change; below zero while more are in use than there may be.
    private static final class Permits extends Semaphore {
        private int size;

        Permits(int size) {
            super(size);
            this.size = size;
        }

        synchronized void resize(int other) {
            if (other < size) {
                reducePermits(size - other);
            } else {
                release(other - size);
            }
            size = other;
        }

        synchronized int size() {
            return size;
        }
    }

    private final HandOverMemory memory;
    private final Permits free;
    private final Permits freeForQueue;

    AttemptSlots(int attempts, HandOverMemory memory) {
        this.memory = memory;
        free = new Permits(attempts);
        freeForQueue = new Permits(forQueue(attempts));
    }

    private static int forQueue(int attempts) {
        return Math.max(1, attempts / 2);
    }

    /// Attempts that run beyond the new number go on.
    void resize(int attempts) {
        free.resize(attempts);
        freeForQueue.resize(forQueue(attempts));
    }

    /// For a new letter; empty when there is no room for it now.
    Optional<Slot> tryAcquire(long bytes) {
        if (!memory.hasRoom(bytes) || !free.tryAcquire()) {
            return Optional.empty();
        }
        memory.acquire(bytes);
        return Optional.of(() -> {
            memory.release(bytes);
            free.release();
        });
    }

    /// For letters from the queue, whose size isn't known yet; to be turned into slots, or given back.
    int reserve(int limit) {
        var reserved = 0;
        while (reserved < limit && memory.isHalfFree() && freeForQueue.tryAcquire()) {
            if (!free.tryAcquire()) {
                freeForQueue.release();
                break;
            }
            reserved++;
        }
        return reserved;
    }

    /// One that was reserved.
    Slot reserved(long bytes) {
        memory.acquire(bytes);
        return () -> {
            memory.release(bytes);
            giveBack(1);
        };
    }

    void giveBack(int reserved) {
        free.release(reserved);
        freeForQueue.release(reserved);
    }

    /// Waits until no attempt runs; then none starts any more.
    void awaitEmpty() throws InterruptedException {
        free.acquire(free.size());
    }

    /// The same, with a timeout.
    ///
    /// @return whether none runs
    boolean awaitEmpty(Duration timeout) throws InterruptedException {
        return free.tryAcquire(free.size(), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
}
