package facteur.mail.message;

import java.util.concurrent.atomic.AtomicLong;

/// How many octets of letters may be held in memory while they arrive, all letters of all connections together.
///
/// Who can do without leaves room for who can't: a body goes to a file when half of it is in use, and recipients are put off at
/// three quarters, so that there is room for headers still. However many apps name however many recipients, letters to a few
/// are taken.
///
/// Thread-safe.
public final class ReceivingMemory {
    /// What is held, by how much of the memory may be in use with it.
    public enum Kind {
        BODY(2),
        ENVELOPE(3),
        HEADER(4);

        private static final int WHOLE = 4;

        private final int quarters;

        Kind(int quarters) {
            this.quarters = quarters;
        }

        private long share(long bytes) {
            return bytes / WHOLE * quarters + bytes % WHOLE * quarters / WHOLE;
        }
    }

    private volatile long limitBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    public ReceivingMemory(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /// From now on that many; what is held already stays.
    public void limit(long bytes) {
        limitBytes = bytes;
    }

    public long limitBytes() {
        return limitBytes;
    }

    public long heldBytes() {
        return heldBytes.get();
    }

    /// False when there is no room; then nothing is taken.
    public boolean take(Kind kind, long bytes) {
        if (heldBytes.addAndGet(bytes) <= kind.share(limitBytes)) {
            return true;
        }
        give(bytes);
        return false;
    }

    /// For what is bounded by other means, and must not fail for want of room.
    public void hold(long bytes) {
        heldBytes.addAndGet(bytes);
    }

    /// Of what was taken or held.
    public void give(long bytes) {
        heldBytes.addAndGet(-bytes);
    }
}
