package facteur.spool;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
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
        each(filter, filter.ordered(), limit, page -> page.forEach(lines));
    }

    /// Some letters that fit, in the order of [#list].
    ///
    /// @param next where the next page begins; empty when this is the last
    public record Page(List<QueueLine> lines, Optional<String> next) {
        public Page {
            lines = List.copyOf(lines);
        }
    }

    /// Letters that fit. A page begins behind the last letter of the one before, wherever that is by now.
    ///
    /// @param after the [Page#next] of the page before; one that can't be read is the start
    /// @param size how many at most, [#PAGE] or fewer
    public Page page(QueueFilter filter, Optional<String> after, int size) throws SpoolException {
        var from = after.flatMap(PageStart::parse).orElse(PageStart.FIRST);
        var lines = new ArrayList<QueueLine>();
        for (var standing : filter.ordered()) {
            if (standing.compareTo(from.standing()) >= 0 && lines.size() <= size) {
                var place = standing == from.standing() ? from.place() : ListRows.Place.START;
                var left = size + 1 - lines.size();
                lines.addAll(read(statements -> ListRows.page(statements, filter, standing, place, left)));
            }
        }
        return lines.size() > size
                ? new Page(lines.subList(0, size), Optional.of(PageStart.behind(lines.get(size - 1)).text()))
                : new Page(lines, Optional.empty());
    }

    /// How many letters fit.
    public long count(QueueFilter filter) throws SpoolException {
        return count(filter, filter.ordered());
    }

    /// How many of those that fit an act would look at.
    public long count(QueueAct act, QueueFilter filter) throws SpoolException {
        return count(filter, standings(act, filter));
    }

    private long count(QueueFilter filter, List<QueueStatus> standings) throws SpoolException {
        var letters = 0L;
        for (var standing : standings) {
            letters += read(statements -> ListRows.count(statements, filter, standing));
        }
        return letters;
    }

    /// How many letters fit whose ids were made at that time or later. Costs as much as there are of these.
    public long countSince(QueueFilter filter, Instant since) throws SpoolException {
        return read(statements -> ListRows.younger(statements, filter, QueueIds.lowest(since)));
    }

    /// Those of some letters that are in the queue, and fit.
    ///
    /// @param ids [#PAGE] at most
    public List<QueueLine> among(QueueFilter filter, List<QueueId> ids) throws SpoolException {
        return ids.isEmpty() ? List.of() : read(statements -> ListRows.among(statements, filter, ids));
    }

    private interface Taker {
        void take(List<QueueLine> page) throws SpoolException;
    }

    private void each(QueueFilter filter, List<QueueStatus> standings, long limit, Taker taker) throws SpoolException {
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

    /// Gets what became of some letters, in their order. May end a move in between, by an exception.
    @FunctionalInterface
    interface Moved {
        void take(List<QueueId> ids, List<MoveResult> results);
    }

    /// Moves these letters. What became of each, in their order.
    public List<MoveResult> move(QueueAct act, List<QueueId> ids) throws SpoolException {
        var moved = new ArrayList<MoveResult>(ids.size());
        move(act, ids, (_, results) -> moved.addAll(results));
        return moved;
    }

    void move(QueueAct act, List<QueueId> ids, Moved taker) throws SpoolException {
        for (var from = 0; from < ids.size(); from += PAGE) {
            var some = ids.subList(from, Math.min(from + PAGE, ids.size()));
            taker.take(some, mover.move(act, some));
        }
    }

    /// Moves the letters that fit. How many became what.
    ///
    /// @param limit how many at most
    public Map<MoveResult, Long> move(QueueAct act, QueueFilter filter, long limit) throws SpoolException {
        var counts = new EnumMap<MoveResult, Long>(MoveResult.class);
        move(act, filter, limit, (_, results) -> results.forEach(moved -> counts.merge(moved, 1L, Long::sum)));
        return counts;
    }

    void move(QueueAct act, QueueFilter filter, long limit, Moved taker) throws SpoolException {
        each(filter, standings(act, filter), limit, page -> {
            var ids = page.stream().map(QueueLine::id).flatMap(id -> QueueId.parse(id).stream()).toList();
            taker.take(ids, mover.move(act, ids));
        });
    }

    private static List<QueueStatus> standings(QueueAct act, QueueFilter filter) {
        return filter.standings().isEmpty() ? concerned(act) : filter.ordered();
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
