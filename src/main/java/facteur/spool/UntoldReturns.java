package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.config.Word;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who is still to be told of what came back, and when: of the first return of a letter at once; what else comes back of that
/// letter within ten minutes is gathered. A node begins to tell with a lease and with the ids of the letters, so that another that
/// takes over after a crash knows which of them are on their way: each is sent once.
///
/// The returns that were told of are known by their ids, not by a time up to which: those of other nodes may be stored late.
///
/// Thread-safe; blocks for the database.
public final class UntoldReturns {
    static final Duration GATHERED = Duration.ofMinutes(10);

    /// A lease is never longer. One that is belongs to a clock that was set back since.
    private static final Duration LONGEST_LEASE = Duration.ofHours(1);

    private static final int MOST = 100;

    /// What is being gathered stays so; after the ten minutes, and when the clock was set back, they begin again.
    private static final String NOTE =
            """
            insert into return_notice (letter_id, reader, first_at, due_at) values (?, ?, ?, ?)
            on conflict (letter_id, reader) do update set
                first_at = case when return_notice.due_at > 0 then return_notice.first_at
                    when excluded.first_at >= return_notice.first_at and excluded.first_at < return_notice.first_at + ?
                    then return_notice.first_at else excluded.first_at end,
                due_at = case when return_notice.due_at > 0 then return_notice.due_at
                    when excluded.first_at >= return_notice.first_at and excluded.first_at < return_notice.first_at + ?
                    then return_notice.first_at + ? else excluded.due_at end""";
    private static final String DUE =
            """
            select letter_id, reader, first_at, letters, leased_until from return_notice
            where due_at > 0 and (due_at <= ? or due_at > ?) and (leased_until <= ? or leased_until > ?)
            order by due_at, letter_id, reader limit ?""";
    private static final String BEGIN =
            """
            update return_notice set letters = ?, leased_until = ?
            where letter_id = ? and reader = ? and due_at > 0 and letters = ? and leased_until = ?""";
    private static final String TELLING = "select told, telling from return_notice where letter_id = ? and reader = ?";
    private static final String TELL = "update return_notice set telling = ? where letter_id = ? and reader = ?";
    private static final String LOCK = "update return_notice set letters = letters where letter_id = ? and reader = ? and letters = ?";
    private static final String END =
            """
            update return_notice set told = ?, first_at = ?, due_at = ?, letters = '', telling = '', leased_until = 0
            where letter_id = ? and reader = ?""";
    private static final String POSTPONE =
            "update return_notice set leased_until = ? where letter_id = ? and reader = ? and letters = ? and leased_until = ?";
    private static final String STORED = "select 1 from letter where id = ?";

    private final Database database;

    public UntoldReturns(Database database) {
        this.database = database;
    }

    /// Who is told.
    public enum Reader {
        /// The people whom the letter concerns.
        OFFICE,
        /// The app's own reverse-path.
        APP
    }

    /// What is to be told now.
    ///
    /// @param letter that came back
    /// @param firstAt when the first of what is being gathered came back
    /// @param letters by which it is being told; none when that hasn't begun
    /// @param leasedUntil a node was telling it until then
    public record Due(QueueId letter, Reader reader, Instant firstAt, List<QueueId> letters, Instant leasedUntil) {
        public Due {
            letters = List.copyOf(letters);
        }
    }

    /// Notes that something came back that the reader is to be told of: part of the commit that stores it.
    ///
    /// @param letter that came back
    public static void note(Statements statements, QueueId letter, Reader reader, Instant at) throws SQLException {
        var now = at.toEpochMilli();
        var gathered = GATHERED.toMillis();
        statements.update(NOTE, letter.text(), Word.of(reader), now, now, gathered, gathered, gathered);
    }

    /// What is to be told now, the first hundred. A time far in the future is of a clock that was set back since.
    public List<Due> untold(Instant now) throws SQLException {
        var millis = now.toEpochMilli();
        return database.reading(statements -> statements.list(
                DUE,
                UntoldReturns::due,
                millis,
                now.plus(GATHERED).toEpochMilli(),
                millis,
                now.plus(LONGEST_LEASE).toEpochMilli(),
                MOST));
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                new QueueId(row.getString("letter_id")),
                Reader.valueOf(row.getString("reader").toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong("first_at")),
                ids(row.getString("letters")),
                Instant.ofEpochMilli(row.getLong("leased_until")));
    }

    /// Begins to tell, or goes on where another node has stopped.
    ///
    /// @param letters those that will tell it; of what is being told already, the same
    /// @return the returns that are told of, the oldest first, perhaps none; empty when another node was faster
    public Optional<List<QueueId>> begin(Due due, List<QueueId> letters, Instant until) throws SQLException {
        return database.inTransaction(statements -> {
            // From here on, what comes back of that letter waits for the end of this, and is no part of it.
            var isOurs = statements.update(
                    BEGIN,
                    text(letters),
                    until.toEpochMilli(),
                    due.letter().text(),
                    Word.of(due.reader()),
                    text(due.letters()),
                    due.leasedUntil().toEpochMilli()) == 1;
            if (!isOurs) {
                return Optional.empty();
            }
            if (!due.letters().isEmpty()) {
                return statements.first(TELLING, row -> ids(row.getString("telling")), due.letter().text(), Word.of(due.reader()));
            }
            var told = statements.first(TELLING, row -> ids(row.getString("told")), due.letter().text(), Word.of(due.reader()));
            var telling = ReturnedLetterRows.toTell(statements, due.letter(), due.reader(), told.orElse(List.of()));
            statements.update(TELL, text(telling), due.letter().text(), Word.of(due.reader()));
            return Optional.of(telling);
        });
    }

    /// It has been told. What has come back since that began is gathered.
    ///
    /// @param letters as it was begun with
    public void end(Due due, List<QueueId> letters, Instant now) throws SQLException {
        var _ = database.inTransaction(statements -> {
            var key = due.letter().text();
            var reader = Word.of(due.reader());
            if (statements.update(LOCK, key, reader, text(letters)) == 0) {
                return 0;
            }
            var told = statements.first(TELLING, row -> ids(row.getString("told") + " " + row.getString("telling")), key, reader).orElse(List.of());
            var until = due.firstAt().plus(GATHERED);
            var isMore = !ReturnedLetterRows.toTell(statements, due.letter(), due.reader(), told).isEmpty();
            // One that took so long that the ten minutes are over is followed by the next at once, and they begin again.
            var isOver = isMore && !until.isAfter(now);
            var first = isOver ? now : due.firstAt();
            var next = isOver ? now : until;
            return statements.update(END, text(told), first.toEpochMilli(), isMore ? next.toEpochMilli() : 0L, key, reader);
        });
    }

    /// Nothing can be told before a time.
    public void postpone(Due due, Instant until) throws SQLException {
        var _ = database.inTransaction(statements -> statements.update(
                POSTPONE,
                until.toEpochMilli(),
                due.letter().text(),
                Word.of(due.reader()),
                text(due.letters()),
                due.leasedUntil().toEpochMilli()));
    }

    /// Whether a letter has been stored, and may even have arrived.
    public boolean isStored(QueueId letter) throws SQLException {
        return database.reading(statements -> statements.first(STORED, _ -> true, letter.text())).orElse(false);
    }

    /// The letter, and what came back of it; empty when it was forgotten.
    ///
    /// @param returns their ids
    public Optional<ReturnedLetter> read(QueueId letter, List<QueueId> returns) throws SQLException {
        return database.reading(statements -> ReturnedLetterRows.read(statements, letter, returns));
    }

    private static List<QueueId> ids(String text) {
        return Arrays.stream(text.split(" ")).flatMap(id -> QueueId.parse(id).stream()).toList();
    }

    private static String text(List<QueueId> ids) {
        return ids.stream().map(QueueId::text).collect(Collectors.joining(" "));
    }
}
