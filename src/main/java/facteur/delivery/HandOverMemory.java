package facteur.delivery;

import java.util.concurrent.atomic.AtomicLong;

/// How many octets of letters are held for attempts, of all routes together. The limit can be passed by what was on its
/// way in when it was reached. Thread-safe.
final class HandOverMemory {
    private volatile long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    HandOverMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /// From now on that many.
    void limit(long bytes) {
        limitBytes = bytes;
    }

    boolean hasRoom(long bytes) {
        return heldBytes.get() + bytes <= limitBytes;
    }

    boolean isHalfFree() {
        return heldBytes.get() <= limitBytes / 2;
    }

    void take(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
