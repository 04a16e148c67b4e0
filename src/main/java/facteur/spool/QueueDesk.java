package facteur.spool;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.mail.letter.QueueId;
import facteur.mail.message.MessageId;
import facteur.platform.database.Database;
import facteur.platform.database.Fault;
import facteur.platform.database.Statements;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Where an operator looks at the queue and steers it, in a process of his own, beside a running daemon or without one.
///
/// It works on the database and must not be in the daemon's way. It reads page by page, each from a snapshot that is let
/// go at once: a long one would keep the write-ahead log from being used anew. It writes a few letters a transaction, and
/// then leaves the database alone for longer than it had it, since a writer that waits looks only now and then. Every
/// move is a row that changes from a state it is known to be in, so that whoever comes second, daemon or operator, finds it
/// moved.
///
/// Thread-safe.
public final class QueueDesk {
    private static final int PAGE = 200;
    /// SQLite's waiting writer looks again after 25 ms at first, 100 ms at last.
    private static final long LEAST_PAUSE_NANOS = 30_000_000;

    private final Database database;
    private final Path state;
    private final InstantSource time;
    private final Consumer<List<String>> listener;
    private final QueueRows queue;

    /// @param state the folder where large bodies lie, on SQLite
    public QueueDesk(Database database, Path state, InstantSource time) {
        this(database, state, time, _ -> {});
    }

    /// @param listener is told which letters were moved, some at a time
    public QueueDesk(Database database, Path state, InstantSource time, Consumer<List<String>> listener) {
        this.listener = listener;
        this.database = database;
        this.state = state;
        this.time = time;
        queue = new QueueRows(database.dialect());
    }

    /// What the desk's clock says.
    public Instant now() {
        return time.instant();
    }

    /// Hands out the letters that fit, by state, the first due first.
    ///
    /// @param limit how many at most
    public void list(QueueFilter filter, long limit, Consumer<QueueLine> lines) throws SpoolException {
        var standings = filter.standings().isEmpty() ? List.of(QueueStatus.values()) : List.copyOf(filter.standings());
        each(filter, standings, limit, page -> page.forEach(lines));
    }

    private interface Page {
        void take(List<QueueLine> page) throws SpoolException;
    }

    private void each(QueueFilter filter, List<QueueStatus> standings, long limit, Page taker) throws SpoolException {
        var left = limit;
        for (var standing : standings) {
            var place = ListRows.Place.START;
            while (left > 0) {
                var from = place;
                var size = (int) Math.min(PAGE, left);
                var page = read(statements -> ListRows.page(statements, filter, standing, from, size));
                if (page.isEmpty()) {
                    break;
                }
                taker.take(page);
                left -= page.size();
                place = ListRows.Place.after(page.getLast());
            }
        }
    }

    /// A letter in the queue.
    public Optional<QueueLine> line(QueueId id) throws SpoolException {
        return read(statements -> ListRows.one(statements, id));
    }

    /// How many letters are in each state; nothing of a state that has none.
    public List<QueueCount> counts() throws SpoolException {
        return read(ListRows::counts);
    }

    /// All that is known of a letter, in the queue or ended.
    public Optional<LetterHistory> life(QueueId id) throws SpoolException {
        return read(statements -> LetterHistoryRows.read(statements, id));
    }

    /// The lives of letters with a Message-ID, the latest first, in the queue or ended.
    ///
    /// @param messageId in angle brackets or not
    /// @param limit how many at most
    public List<LetterHistory> log(String messageId, Optional<Instant> since, int limit) throws SpoolException {
        var id = MessageId.of(messageId);
        var lives = new ArrayList<LetterHistory>();
        for (var found : read(statements -> LogRows.ids(statements, id, since.orElse(Instant.EPOCH), limit))) {
            for (var queueId : QueueId.parse(found).stream().toList()) {
                life(queueId).ifPresent(lives::add);
            }
        }
        return lives;
    }

    /// Hands out the lives of letters that fit, the latest first, in the queue or ended. Reads back through the log, a
    /// stretch at a time.
    ///
    /// @param limit how many at most
    public void log(LogFilter filter, int limit, Consumer<LetterHistory> lives) throws SpoolException {
        log(filter, limit, LogRows.STRETCH, lives);
    }

    void log(LogFilter filter, int limit, int stretchLength, Consumer<LetterHistory> lives) throws SpoolException {
        var left = limit;
        var before = Optional.<String>empty();
        while (left > 0) {
            var end = before;
            var stretch = read(statements -> LogRows.stretch(statements, end, stretchLength));
            if (stretch.isEmpty()) {
                return;
            }
            var most = left;
            for (var id : read(statements -> LogRows.ids(statements, stretch.get(), end, filter, most))) {
                var parsed = QueueId.parse(id);
                if (parsed.isPresent()) {
                    life(parsed.get()).ifPresent(lives);
                    left--;
                }
            }
            if (filter.since().filter(stretch.get().oldestAt()::isBefore).isPresent()) {
                return;
            }
            before = Optional.of(stretch.get().from());
        }
    }

    /// What operators changed by commands, the latest first.
    ///
    /// @param limit how many at most
    public List<Act> acts(Optional<Instant> since, int limit) throws SpoolException {
        try {
            return new Acts(database, time).latest(since, limit);
        } catch (SQLException failure) {
            throw SpoolException.notRead(failure);
        }
    }

    /// Moves these letters. What became of each, in their order.
    public List<MoveResult> move(QueueAct act, List<QueueId> ids) throws SpoolException {
        var moved = new ArrayList<MoveResult>(ids.size());
        for (var from = 0; from < ids.size(); from += PAGE) {
            moved.addAll(moveFew(act, ids.subList(from, Math.min(from + PAGE, ids.size()))));
        }
        return moved;
    }

    /// Moves the letters that fit. How many became what.
    ///
    /// @param limit how many at most
    public Map<MoveResult, Long> move(QueueAct act, QueueFilter filter, long limit) throws SpoolException {
        var standings = filter.standings().isEmpty() ? concerned(act) : List.copyOf(filter.standings());
        var counts = new EnumMap<MoveResult, Long>(MoveResult.class);
        each(filter, standings, limit, page -> {
            var ids = page.stream().map(QueueLine::id).flatMap(id -> QueueId.parse(id).stream()).toList();
            moveFew(act, ids).forEach(moved -> counts.merge(moved, 1L, Long::sum));
        });
        return counts;
    }

    /// In which states a letter is when there is anything to do, or to say of it.
    private static List<QueueStatus> concerned(QueueAct act) {
        return switch (act) {
            case HOLD -> List.of(QueueStatus.ACTIVE, QueueStatus.DEFERRED);
            case RELEASE -> List.of(QueueStatus.HOLD, QueueStatus.ACTIVE);
            case RETRY -> List.of(QueueStatus.DEFERRED);
            case REMOVE -> List.of(QueueStatus.DEFERRED, QueueStatus.HOLD, QueueStatus.ACTIVE);
        };
    }

    private List<MoveResult> moveFew(QueueAct act, List<QueueId> ids) throws SpoolException {
        var began = System.nanoTime();
        try {
            var moved = new ArrayList<MoveResult>(ids.size());
            switch (database.dialect()) {
                case SQLITE -> moved.addAll(moveTogether(act, ids));
                // One by one: of two writers that hold several rows each may wait for the other.
                case POSTGRESQL -> {
                    for (var id : ids) {
                        moved.addAll(moveTogether(act, List.of(id)));
                    }
                }
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
            database.checkpoint(Committer.CHECKPOINT_PAGES);
            if (ids.size() == PAGE) {
                LockSupport.parkNanos(Math.max(LEAST_PAUSE_NANOS, 2 * (System.nanoTime() - began)));
            }
            return moved;
        } catch (SQLException failure) {
            throw new SpoolException("not written: " + failure.getMessage(), failure);
        }
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

    private <T> T read(Database.Work<T> work) throws SpoolException {
        try {
            return database.reading(work);
        } catch (SQLException failure) {
            throw SpoolException.notRead(failure);
        }
    }
}
