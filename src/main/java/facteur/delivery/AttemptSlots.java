package facteur.delivery;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many attempts may run for a route, within what may be held in memory for all of them. Letters from the queue get half
/// of it at most, so that however many wait there, a new one finds room. Thread-safe.
final class AttemptSlots {
    /// A place for one attempt, to be left once.
    interface Place {
        void leave();
    }

    /// As many as there may be; fewer than none while more are in than that.
    private static final class Places extends Semaphore {
        private int size;

        Places(int size) {
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
    private final Places free;
    private final Places freeForQueue;

    AttemptSlots(int attempts, HandOverMemory memory) {
        this.memory = memory;
        free = new Places(attempts);
        freeForQueue = new Places(forQueue(attempts));
    }

    private static int forQueue(int attempts) {
        return Math.max(1, attempts / 2);
    }

    /// From now on for that many. Those who are in stay in.
    void resize(int attempts) {
        free.resize(attempts);
        freeForQueue.resize(forQueue(attempts));
    }

    /// For a new letter.
    boolean enter(long bytes) {
        if (!memory.hasRoom(bytes) || !free.tryAcquire()) {
            return false;
        }
        memory.take(bytes);
        return true;
    }

    /// A place that was entered.
    Place place(long bytes) {
        return () -> {
            memory.giveBack(bytes);
            free.release();
        };
    }

    /// For letters from the queue, whose size isn't known yet; to be turned into places, or given back.
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
    Place reserved(long bytes) {
        memory.take(bytes);
        return () -> {
            memory.giveBack(bytes);
            giveBack(1);
        };
    }

    void giveBack(int reserved) {
        free.release(reserved);
        freeForQueue.release(reserved);
    }

    /// Waits until nobody is in; then nobody comes in any more.
    void awaitEmpty() throws InterruptedException {
        free.acquire(free.size());
    }

    /// The same, for not longer than that.
    ///
    /// @return whether nobody is in
    boolean awaitEmpty(long timeoutMillis) throws InterruptedException {
        return free.tryAcquire(free.size(), timeoutMillis, TimeUnit.MILLISECONDS);
    }
}
