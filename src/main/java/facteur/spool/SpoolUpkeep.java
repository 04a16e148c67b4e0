package facteur.spool;

import facteur.platform.database.Dialect;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is cleared up in a running spool, in small steps. Thread-safe.
final class SpoolUpkeep {
    /// What stays free in the file for what comes next: 16 MB.
    private static final long FREE_PAGES = 4_000;
    private static final long SHRINK_PAGES = 250;
    /// At a time.
    static final int NAMES = 2_000;
    static final int ADDRESSES = 200;

    private final Committer committer;
    private final Dialect dialect;
    private final Bodies bodies;

    SpoolUpkeep(Committer committer, Dialect dialect, Bodies bodies) {
        this.committer = committer;
        this.dialect = dialect;
        this.bodies = bodies;
    }

    /// Deletes the bodies of no letter that were set aside before then.
    void purgeOrphans(Instant before) throws SpoolException {
        try {
            bodies.purge(before);
        } catch (IOException failure) {
            throw new SpoolException("can't read orphaned bodies: " + Reason.of(failure), failure);
        }
    }

    /// Deletes a few of the letters that ended before then, the oldest first.
    ///
    /// @return how many; 0 when there are no more
    int purge(Instant endedBefore) throws SpoolException {
        var ids = committer.read(statements -> HistoryRows.endedBefore(statements, endedBefore));
        return ids.isEmpty() ? 0 : committer.commit(statements -> HistoryRows.delete(statements, ids));
    }

    /// Looks at some names behind a hash, and deletes those that no longer stand for a letter.
    ///
    /// @param window for how long they do
    /// @return the last hash that it looked at; empty at the end
    Optional<Long> purgeKeys(long after, Instant now, Duration window) throws SpoolException {
        var stretch = committer.read(statements -> LetterKeyRows.look(statements, after, NAMES, now, window));
        if (stretch.over() > 0) {
            committer.commit(statements -> LetterKeyRows.deleteOver(statements, after, stretch.to(), now, window));
        }
        return stretch.names() < NAMES ? Optional.empty() : Optional.of(stretch.to());
    }

    /// Looks at some addresses that don't work, and takes those off their lists of which nothing has come back since then; also those
    /// of a time to come, which a clock that was set back has left.
    ///
    /// @param after where to go on
    /// @return where to go on next; empty at the end
    Optional<BadAddressRows.Row> purgeBadAddresses(BadAddressRows.Row after, Instant before, Instant latest) throws SpoolException {
        var rows = committer.read(statements -> BadAddressRows.stretch(statements, after, ADDRESSES));
        var over = rows.stream().filter(row -> row.lastAt() < before.toEpochMilli() || row.lastAt() > latest.toEpochMilli()).toList();
        if (!over.isEmpty()) {
            committer.commit(statements -> BadAddressRows.delete(statements, over));
        }
        return rows.size() < ADDRESSES ? Optional.empty() : Optional.of(rows.getLast());
    }

    /// Gives a little of the database file's free room back to the file system, if it has much.
    ///
    /// @return whether there may be more
    boolean shrink() throws SpoolException {
        return committer.commit(statements -> dialect.shrink(statements, FREE_PAGES, SHRINK_PAGES)) > 0;
    }
}
