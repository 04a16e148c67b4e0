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
/// New letters leave free what earlier ones will need: the database grows when its log goes into it; and the [Reserve],
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
    private final Optional<LetterLog> letterLog;
    private final Optional<Reserve> reserve;
    private volatile long roomSeen;
    private volatile long seenAtNanos;

    SpoolDisk(
            StateFolder folder, Database database, Bodies bodies, Optional<LetterLog> letterLog, long floorBytes, Journal journal) {
        this.folder = folder;
        this.database = database;
        this.bodies = bodies;
        this.letterLog = letterLog;
        this.floorBytes = floorBytes;
        this.journal = journal;
        reserve = database.dialect().hasOneWriter() ? Optional.of(new Reserve(folder.path())) : Optional.empty();
    }

    @Override
    public Optional<String> displaced() {
        return database.displaced().or(bodies::displaced).or(() -> letterLog.flatMap(LetterLog::displaced));
    }

    /// What new letters may use, the floor included.
    long roomBytes() {
        return folder.freeBytes() - database.owedBytes() - missingReserve();
    }

    private long missingReserve() {
        return reserve.map(Reserve::missingBytes).orElse(0L);
    }

    /// The disk isn't asked at each commit: a large answer is believed for a moment.
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
            journal.record(new MailEvent.SpoolTrouble("the disk of " + folder.path() + " is full: the reserve is freed, so that the queue"
                    + " can drain. No letter is accepted until there is room for the reserve again"));
        }
        return hadOne;
    }

    /// As [SqlSpool#makeReserve].
    void makeReserve() {
        if (missingReserve() > 0 && roomBytes() >= floorBytes) {
            try {
                if (reserve.isPresent() && reserve.get().make()) {
                    LOG.info("reserved {} octets on the disk of {}", Reserve.BYTES, folder.path());
                }
            } catch (IOException failure) {
                LOG.warn("can't reserve room on the disk of {}: {}", folder.path(), failure.toString());
            }
        }
    }
}
