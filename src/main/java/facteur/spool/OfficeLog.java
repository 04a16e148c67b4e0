package facteur.spool;

import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The message log as one office may see it: its own letters, without their headers, since a subject is content. An operator may see
/// those of all offices.
///
/// There is no index on the office, which would cost every letter. It reads back along the primary key instead, a stretch at a
/// time, each from a snapshot of its own, and says how far it came in the time it has. Every statement for an office names it.
///
/// Thread-safe.
public final class OfficeLog {
    /// How long one question may read.
    public static final Duration LONGEST = Duration.ofSeconds(2);

    /// The parts of a letter for several routes get ids of their own, a moment after it was accepted.
    private static final Duration ID_DELAY = Duration.ofMinutes(1);

    private static final Pattern PLACE = Pattern.compile("[0-9a-hjkmnp-tv-z]{10,16}");

    /// Some letters of an office, the latest first.
    ///
    /// @param next where the next page begins; empty when there are no older letters that fit
    /// @param lookedBackTo no letter since then that fits was left out; empty when none was at all
    public record Page(List<LetterHistory> letters, Optional<String> next, Optional<Instant> lookedBackTo) {
        public Page {
            letters = List.copyOf(letters);
        }
    }

    private final Database database;
    private final InstantSource time;
    private final int stretch;

    public OfficeLog(Database database, InstantSource time) {
        this(database, time, LogRows.STRETCH);
    }

    /// @param stretch how many letters one statement reads at most
    OfficeLog(Database database, InstantSource time, int stretch) {
        this.database = database;
        this.time = time;
        this.stretch = stretch;
    }

    /// Whether a text may be the [Page#next] of a page.
    public static boolean isPlace(String text) {
        return PLACE.matcher(text).matches();
    }

    /// One letter; empty when the office has no such letter, even if another has.
    public Optional<LetterHistory> letter(Provenance.Office office, QueueId id) throws SpoolException {
        return read(statements -> LetterHistoryRows.read(statements, id, office));
    }

    /// One letter of any office.
    public Optional<LetterHistory> letter(QueueId id) throws SpoolException {
        return read(statements -> LetterHistoryRows.read(statements, id)).map(LetterHistory::withoutHeader);
    }

    /// A page of letters that fit.
    ///
    /// @param after the [Page#next] of the page before
    /// @param limit how many at most
    public Page letters(Provenance.Office office, OfficeLogFilter filter, Optional<String> after, int limit) throws SpoolException {
        return letters(Optional.of(office), filter, after, limit);
    }

    /// The same of all offices.
    public Page letters(OfficeLogFilter filter, Optional<String> after, int limit) throws SpoolException {
        return letters(Optional.empty(), filter, after, limit);
    }

    private Page letters(Optional<Provenance.Office> office, OfficeLogFilter filter, Optional<String> after, int limit)
            throws SpoolException {
        var ids = new ArrayList<String>();
        var way = new Way(after.or(() -> filter.before().flatMap(this::start)));
        var until = time.instant().plus(LONGEST);
        while (ids.size() < limit && way.isOpen(filter.since()) && (way.isAtStart() || time.instant().isBefore(until))) {
            var most = limit - ids.size();
            ids.addAll(read(statements -> LogRows.ids(statements, way.next(statements), office, filter, most)));
        }
        var place = Optional.of(way.at);
        if (ids.size() == limit) {
            place = Optional.of(ids.getLast());
        } else if (way.at.isEmpty() || !way.isOpen(filter.since())) {
            place = Optional.empty();
        } else {
            var end = end(way, after);
            ids.removeIf(id -> id.compareTo(end) < 0);
            place = Optional.of(end);
        }
        return new Page(lives(office, ids), place, place.map(OfficeLog::madeAt));
    }

    /// Younger letters needn't be looked at. An id holds no instant before 1970, or in a distant future.
    private Optional<String> start(Instant before) {
        return before.isAfter(Instant.EPOCH) && before.isBefore(time.instant())
                ? Optional.of(QueueIds.lowest(before.plus(ID_DELAY)))
                : Optional.empty();
    }

    /// A stretch ends at a letter of another office, perhaps, which this one has no business with: a page ends where a millisecond does.
    /// With a whole stretch in one, it wouldn't get on.
    private static String end(Way way, Optional<String> after) {
        var rounded = QueueIds.lowest(way.reached().plusMillis(1));
        return after.filter(before -> rounded.compareTo(before) >= 0).isPresent() ? way.at : rounded;
    }

    /// Hands out what the rules looked at of the office's last letters from apps, the latest first, a stretch at a time.
    ///
    /// @param most how many letters
    /// @param until when to stop, if that comes first
    /// @return since when no letter was left out; empty when there are no more
    public Optional<Instant> past(Provenance.Office office, int most, Instant until, Consumer<List<PastLetter>> taker)
            throws SpoolException {
        return past(office, Optional.empty(), most, until, taker);
    }

    /// The same, of letters that aren't too old.
    ///
    /// @param since no stretch is read that begins before; the last one may have older letters
    public Optional<Instant> past(
            Provenance.Office office, Optional<Instant> since, int most, Instant until, Consumer<List<PastLetter>> taker)
            throws SpoolException {
        var way = new Way(Optional.empty());
        var left = most;
        while (left > 0 && way.isOpen(since) && (way.isAtStart() || time.instant().isBefore(until))) {
            var limit = left;
            var letters = read(statements -> LogRows.past(statements, way.next(statements), office, limit));
            left -= letters.size();
            taker.accept(letters);
            if (left == 0) {
                return Optional.of(letters.getLast().acceptedAt());
            }
        }
        return way.at.isEmpty() ? Optional.empty() : Optional.of(way.reached());
    }

    private List<LetterHistory> lives(Optional<Provenance.Office> office, List<String> ids) throws SpoolException {
        var lives = new ArrayList<LetterHistory>();
        for (var id : ids) {
            var queueId = QueueId.parse(id);
            if (queueId.isPresent()) {
                (office.isPresent() ? letter(office.get(), queueId.get()) : letter(queueId.get())).ifPresent(lives::add);
            }
        }
        return lives;
    }

    /// @param place an id, or what all ids of an earlier instant sort before
    private static Instant madeAt(String place) {
        return QueueIds.madeAt(new QueueId(place + "0".repeat(16 - place.length())));
    }

    /// The way back through the log. For one thread.
    private final class Way {
        private final Optional<String> start;
        private boolean isAtStart = true;

        /// Ids from here on were looked at; empty: all.
        private String at;

        Way(Optional<String> start) {
            this.start = start;
            at = start.orElse("");
        }

        boolean isAtStart() {
            return isAtStart;
        }

        boolean isOpen(Optional<Instant> since) {
            return isAtStart || !at.isEmpty() && since.filter(reached()::isBefore).isEmpty();
        }

        Instant reached() {
            return madeAt(at);
        }

        /// The stretch before the one before.
        LogRows.Between next(Statements statements) throws SQLException {
            var end = isAtStart ? start : Optional.of(at);
            at = LogRows.back(statements, end, stretch).orElse("");
            isAtStart = false;
            return new LogRows.Between(at, end);
        }
    }

    private <T> T read(Database.Work<T> work) throws SpoolException {
        try {
            return database.reading(work);
        } catch (SQLException failure) {
            throw SpoolException.notRead(failure);
        }
    }
}
