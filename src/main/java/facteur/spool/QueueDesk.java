package facteur.spool;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.mail.letter.QueueId;
import facteur.mail.message.MessageId;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The operator's view of the queue, from another process: beside a running daemon or without one.
///
/// It works on the database and must not be in the daemon's way. It reads page by page, each from a snapshot that is released
/// at once: a long one would keep the write-ahead log from being reused. [QueueMover] writes.
///
/// Thread-safe.
public final class QueueDesk {
    static final int PAGE = 200;

    private final Database database;
    private final InstantSource time;
    private final QueueMover mover;

    /// @param state the folder where large bodies lie, on SQLite
    public QueueDesk(Database database, Path state, InstantSource time) {
        this(database, state, time, _ -> {});
    }

    /// @param listener gets the letters that were moved, some at a time
    public QueueDesk(Database database, Path state, InstantSource time, Consumer<List<String>> listener) {
        this.database = database;
        this.time = time;
        mover = new QueueMover(database, state, time, listener);
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
            moved.addAll(mover.move(act, ids.subList(from, Math.min(from + PAGE, ids.size()))));
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
            mover.move(act, ids).forEach(moved -> counts.merge(moved, 1L, Long::sum));
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

    private <T> T read(Database.Work<T> work) throws SpoolException {
        try {
            return database.reading(work);
        } catch (SQLException failure) {
            throw SpoolException.notRead(failure);
        }
    }
}
