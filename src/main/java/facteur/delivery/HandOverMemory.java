package facteur.delivery;

import java.util.concurrent.atomic.AtomicLong;

/// How many octets of letters are held in memory for attempts, of all routes together. The limit can be passed by letters
/// that were being stored when it was reached. Thread-safe.
final class HandOverMemory {
    private volatile long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    HandOverMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    void resize(long bytes) {
        limitBytes = bytes;
    }

    boolean hasRoom(long bytes) {
        return heldBytes.get() + bytes <= limitBytes;
    }

    boolean isHalfFree() {
        return heldBytes.get() <= limitBytes / 2;
    }

    void acquire(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    void release(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
