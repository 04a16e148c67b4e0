package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.database.Database;
import facteur.platform.database.Fault;
import facteur.platform.database.Statements;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Carries out what an operator asks of letters in the queue.
///
/// It writes a few letters per transaction, and then leaves the database alone for longer than it had it, since a writer that
/// waits looks only now and then. Every move is a row that changes from a state it is known to be in, so that of daemon and
/// operator the second finds it moved.
///
/// Thread-safe.
final class QueueMover {
    /// SQLite's waiting writer looks again after 25 ms at first, 100 ms at last.
    private static final long LEAST_PAUSE_NANOS = 30_000_000;

    private final Database database;
    private final Path state;
    private final InstantSource time;
    private final Consumer<List<String>> listener;
    private final QueueRows queue;

    /// @param state the folder where large bodies lie, on SQLite
    /// @param listener gets the letters that were moved, per call
    QueueMover(Database database, Path state, InstantSource time, Consumer<List<String>> listener) {
        this.database = database;
        this.state = state;
        this.time = time;
        this.listener = listener;
        queue = new QueueRows(database.dialect());
    }

    /// Moves up to a page of letters.
    ///
    /// @return what became of each, in their order
    List<MoveResult> move(QueueAct act, List<QueueId> ids) throws SpoolException {
        var began = System.nanoTime();
        try {
            var moved = new ArrayList<MoveResult>(ids.size());
            for (var together : batches(ids)) {
                moved.addAll(moveTogether(act, together));
            }
            var changed = new ArrayList<String>();
            for (var i = 0; i < ids.size(); i++) {
                if (moved.get(i).isChange()) {
                    changed.add(ids.get(i).text());
                }
                if (moved.get(i) == MoveResult.REMOVED) {
                    StateFolder.discard(state, ids.get(i));
                }
            }
            listener.accept(changed);
            database.checkpoint(WriteAheadLog.CHECKPOINT_PAGES);
            if (ids.size() == QueueDesk.PAGE) {
                LockSupport.parkNanos(Math.max(LEAST_PAUSE_NANOS, 2 * (System.nanoTime() - began)));
            }
            return moved;
        } catch (SQLException failure) {
            throw new SpoolException("not written: " + failure.getMessage(), failure);
        }
    }

    /// Where others write meanwhile, one by one: of two writers that hold several rows each may wait for the other.
    private List<List<QueueId>> batches(List<QueueId> ids) {
        return database.dialect().hasOneWriter() ? List.of(ids) : ids.stream().map(List::of).toList();
    }

    /// On a full disk what is asked for may be what makes room: it may have the reserve.
    private List<MoveResult> moveTogether(QueueAct act, List<QueueId> ids) throws SQLException {
        try {
            return moveAll(act, ids);
        } catch (SQLException failure) {
            if (database.dialect().fault(failure) != Fault.FULL || !new Reserve(state).giveUp()) {
                throw failure;
            }
            checkpoint(failure);
            return moveAll(act, ids);
        }
    }

    private void checkpoint(SQLException after) {
        try {
            database.checkpoint(1);
        } catch (SQLException without) {
            after.addSuppressed(without); // The reserve may do for the log alone.
        }
    }

    private List<MoveResult> moveAll(QueueAct act, List<QueueId> ids) throws SQLException {
        return database.inTransaction(statements -> {
            var moved = new ArrayList<MoveResult>(ids.size());
            for (var id : ids) {
                moved.add(move(statements, act, id));
            }
            return moved;
        });
    }

    private MoveResult move(Statements statements, QueueAct act, QueueId id) throws SQLException {
        var now = time.instant();
        queue.lock(statements, id);
        switch (act) {
            case HOLD -> {
                if (queue.hold(statements, id)) {
                    return MoveResult.HELD;
                }
                if (queue.holdLater(statements, id)) {
                    return MoveResult.HELD_LATER;
                }
            }
            case RELEASE -> {
                if (queue.release(statements, id, now)) {
                    return MoveResult.RELEASED;
                }
                if (queue.holdNoLater(statements, id)) {
                    return MoveResult.HELD_NO_LATER;
                }
            }
            case RETRY -> {
                if (queue.retry(statements, id, now)) {
                    return MoveResult.DUE;
                }
            }
            case REMOVE -> {
                if (queue.remove(statements, id)) {
                    LetterRows.remove(statements, id, now);
                    return MoveResult.REMOVED;
                }
            }
        }
        return unmoved(statements, act, id);
    }

    /// Why an act found nothing to do.
    private MoveResult unmoved(Statements statements, QueueAct act, QueueId id) throws SQLException {
        var standing = queue.standing(statements, id);
        if (standing.isEmpty()) {
            return LetterHistoryRows.isThere(statements, id) ? MoveResult.ENDED : MoveResult.UNKNOWN;
        }
        return switch (act) {
            case HOLD, RELEASE -> MoveResult.UNCHANGED;
            case RETRY, REMOVE -> switch (standing.get()) {
                case ACTIVE -> MoveResult.ACTIVE;
                case HOLD -> MoveResult.ON_HOLD;
                case DEFERRED -> MoveResult.UNCHANGED;
            };
        };
    }
}
