package facteur.spool;

import facteur.platform.database.Database;
import java.sql.SQLException;

/// The write-ahead log of the database: when what it holds goes into the file, so that its room can be used again.
/// Thread-safe.
final class WriteAheadLog {
    /// When the log goes back into the file: 16 MB.
    static final long CHECKPOINT_PAGES = 4_000;
    /// The same where that much may be missing soon: 1 MB.
    private static final long CHECKPOINT_PAGES_NEARLY_FULL = 256;

    private final Database database;
    private final CommitterDisk disk;
    private final StorageState state;

    WriteAheadLog(Database database, CommitterDisk disk, StorageState state) {
        this.database = database;
        this.disk = disk;
        this.state = state;
    }

    /// To be called after each commit.
    void checkpointWhenLong() {
        checkpoint(limit());
    }

    private long limit() {
        if (state.isLost()) {
            // A log that was taken away holds what only this process can still bring into the file.
            return 1;
        }
        return disk.isNearlyFull() ? CHECKPOINT_PAGES_NEARLY_FULL : CHECKPOINT_PAGES;
    }

    /// On a full disk, for what leaves the spool or moves in it: first by using the log again, then by the reserve.
    ///
    /// @return whether there may be room now
    boolean makeRoom(PendingCommit.Room room) {
        var hasRoom = switch (room) {
            case NONE -> false;
            case OF_LOG -> true;
            case OF_RESERVE -> disk.giveUpReserve();
        };
        if (hasRoom) {
            checkpoint(1);
        }
        return hasRoom;
    }

    private void checkpoint(long pages) {
        try {
            database.checkpoint(pages);
        } catch (SQLException failure) {
            switch (database.dialect().fault(failure)) {
                case BROKEN -> state.breakDown(failure);
                case FULL, UNAVAILABLE, READ_ONLY, OTHER -> {} // The log holds everything; the next commit tries again.
            }
        }
    }
}
