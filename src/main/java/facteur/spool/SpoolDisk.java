package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.database.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The disk under a spool: whether its files are where they were, and for what there is room. Thread-safe.
///
/// New letters leave alone what earlier ones will need: the database grows when its log goes into it; and the [Reserve],
/// which PostgreSQL has no use for.
final class SpoolDisk implements CommitterDisk {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDisk.class);

    /// As much as two full logs.
    private static final long NEAR_BYTES = 32L << 20;

    private static final long BELIEVED_NANOS = Duration.ofMillis(100).toNanos();

    private final StateFolder folder;
    private final Database database;
    private final Bodies bodies;
    private final long floorBytes;
    private final Journal journal;
    private final Optional<Reserve> reserve;
    private volatile long roomSeen;
    private volatile long seenAtNanos;

    SpoolDisk(StateFolder folder, Database database, Bodies bodies, long floorBytes, Journal journal) {
        this.folder = folder;
        this.database = database;
        this.bodies = bodies;
        this.floorBytes = floorBytes;
        this.journal = journal;
        reserve = database.dialect().hasOneWriter() ? Optional.of(new Reserve(folder.path())) : Optional.empty();
    }

    @Override
    public Optional<String> displaced() {
        return database.displaced().or(bodies::displaced);
    }

    /// What new letters may take, the floor included.
    long roomBytes() {
        return folder.freeBytes() - database.owedBytes() - missingReserve();
    }

    private long missingReserve() {
        return reserve.map(Reserve::missingBytes).orElse(0L);
    }

    /// The disk isn't asked at each commit: what it said is believed for a moment while that is much.
    @Override
    public boolean isNearlyFull() {
        var now = System.nanoTime();
        if (roomSeen - 4 * NEAR_BYTES < floorBytes || now - seenAtNanos >= BELIEVED_NANOS) {
            seenAtNanos = now;
            roomSeen = roomBytes();
        }
        return roomSeen - NEAR_BYTES < floorBytes;
    }

    @Override
    public boolean giveUpReserve() {
        var hadOne = reserve.isPresent() && reserve.get().giveUp();
        if (hadOne) {
            journal.record(new MailEvent.SpoolTrouble("the disk of " + folder.path() + " is full: the reserve is given up, so that what"
                    + " is queued can leave. No new letter is taken until there is room for it again"));
        }
        return hadOne;
    }

    /// As [SqlSpool#makeReserve].
    void makeReserve() {
        if (missingReserve() > 0 && roomBytes() >= floorBytes) {
            try {
                if (reserve.isPresent() && reserve.get().make()) {
                    LOG.info("{} octets are reserved on the disk of {}", Reserve.BYTES, folder.path());
                }
            } catch (IOException failure) {
                LOG.warn("no room can be reserved on the disk of {}: {}", folder.path(), failure.toString());
            }
        }
    }
}
