package facteur.spool;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Room on the disk for new letters, down to a floor. The disk isn't asked for each: what it said is believed for a
/// moment, less what was promised to letters since. Others write there, too, so it is asked whenever the floor may be
/// near, and nothing is refused unasked. Thread-safe.
final class FreeSpace {
    private static final long BELIEVED_NANOS = Duration.ofMillis(100).toNanos();

    /// More than others write while the disk is believed.
    private static final long NEAR_BYTES = 64L * 1024 * 1024;

    private final LongSupplier disk;
    private final long floorBytes;
    private final LongSupplier nanos;
    private long askedAtNanos;

    /// Nothing before the disk is asked.
    private long leftBytes;

    /// @param disk how much may still be written
    /// @param floorBytes below which nothing more is promised
    /// @param nanos as of [System#nanoTime]
    FreeSpace(LongSupplier disk, long floorBytes, LongSupplier nanos) {
        this.disk = disk;
        this.floorBytes = floorBytes;
        this.nanos = nanos;
    }

    /// Promises room that is about to be written.
    ///
    /// @param sizeBytes may be 0: would any letter be accepted?
    synchronized void acquire(long sizeBytes) throws SpoolException {
        if (leftBytes - sizeBytes - NEAR_BYTES < floorBytes || nanos.getAsLong() - askedAtNanos >= BELIEVED_NANOS) {
            askedAtNanos = nanos.getAsLong();
            leftBytes = disk.getAsLong();
        }
        if (leftBytes - sizeBytes < floorBytes) {
            throw new SpoolException("less than " + floorBytes + " octets of disk space left");
        }
        leftBytes -= sizeBytes;
    }
}
