package facteur.message;

import java.util.concurrent.atomic.AtomicLong;

/// How many octets of letters may be held in memory while they arrive, all letters of all connections together. Thread-safe.
public final class ReceivingMemory {
    private volatile long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public ReceivingMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /// From now on that many; what is held already stays.
    public void limit(long bytes) {
        limitBytes = bytes;
    }

    public long heldBytes() {
        return heldBytes.get();
    }

    /// False when there is no room; then nothing is taken.
    boolean take(long bytes) {
        if (heldBytes.addAndGet(bytes) <= limitBytes) {
            return true;
        }
        give(bytes);
        return false;
    }

    void give(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
