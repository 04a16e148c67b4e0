package facteur.spool;

import facteur.platform.database.Database;
import java.util.Optional;

/// What a [Committer] asks of the disk. Thread-safe.
interface CommitterDisk {
    /// What of the files is no longer in its place; asked before something new and after its commit.
    Optional<String> displaced();

    boolean isNearlyFull();

    /// Makes room for what the spool answers for already; false when it can't.
    boolean giveUpReserve();

    /// One without a reserve, that is never full.
    static CommitterDisk of(Database database) {
        return new CommitterDisk() {
            @Override
            public Optional<String> displaced() {
                return database.displaced();
            }

            @Override
            public boolean isNearlyFull() {
                return false;
            }

            @Override
            public boolean giveUpReserve() {
                return false;
            }
        };
    }
}
