package facteur.delivery;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How many attempts may run, and how many octets be held for them. Letters from the queue get half of it at most, so that
/// however many wait there, a new one finds room. Thread-safe.
final class Room {
    /// A place for one attempt, to be left once.
    interface Place {
        void leave();
    }

    private final int attempts;
    private final long limitBytes;
    private final Semaphore free;
    private final Semaphore freeForQueue;
    private final AtomicLong heldBytes = new AtomicLong();

    Room(int attempts, long limitBytes) {
        this.attempts = attempts;
        this.limitBytes = limitBytes;
        free = new Semaphore(attempts);
        freeForQueue = new Semaphore(Math.max(1, attempts / 2));
    }

    /// For a new letter.
    boolean enter(long bytes) {
        if (heldBytes.get() + bytes > limitBytes || !free.tryAcquire()) {
            return false;
        }
        heldBytes.addAndGet(bytes);
        return true;
    }

    /// A place that was entered.
    Place place(long bytes) {
        return () -> {
            heldBytes.addAndGet(-bytes);
            free.release();
        };
    }

    /// For letters from the queue, whose size isn't known yet; to be turned into places, or given back.
    int reserve(int limit) {
        var reserved = 0;
        while (reserved < limit && heldBytes.get() <= limitBytes / 2 && freeForQueue.tryAcquire()) {
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
        heldBytes.addAndGet(bytes);
        return () -> {
            heldBytes.addAndGet(-bytes);
            giveBack(1);
        };
    }

    void giveBack(int reserved) {
        free.release(reserved);
        freeForQueue.release(reserved);
    }

    /// Waits until nobody is in; then nobody comes in any more.
    boolean awaitEmpty(long timeoutMillis) throws InterruptedException {
        return free.tryAcquire(attempts, timeoutMillis, TimeUnit.MILLISECONDS);
    }
}
