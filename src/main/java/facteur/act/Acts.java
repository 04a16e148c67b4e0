package facteur.act;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The table `act`. Commands write it in their own processes, beside a daemon or without one; a daemon tells its log of what
/// is new there. Thread-safe.
public final class Acts {
    /// What is kept of a command, in characters, and of its letters.
    static final int LONGEST_COMMAND = 500;

    static final int MOST_IDS = 20;

    /// A command that hasn't ended by then was interrupted, or is told of before it has.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String INSERT =
            "insert into act (id, at, operator, command, letters, ids, ended_at, told) values (?, ?, ?, ?, ?, ?, ?, 0)";
    private static final String UPDATE = "update act set letters = ?, ids = ?, ended_at = ? where id = ?";
    private static final String LATEST =
            "select id, at, operator, command, letters, ids from act where at >= ? order by at desc, id limit ?";
    private static final String UNTOLD =
            """
            select id, at, operator, command, letters, ids from act
            where told = 0 and (ended_at is not null or at < ?) order by at limit ?""";
    private static final String TELL = "update act set told = 1 where id = ? and told = 0";
    private static final String PURGE = "delete from act where at < ? and told = 1";

    private final Database database;
    private final InstantSource time;

    public Acts(Database database, InstantSource time) {
        this.database = database;
        this.time = time;
    }

    private record Row(String id, Act act) {
        static Row of(ResultSet row) throws SQLException {
            var ids = row.getString("ids");
            return new Row(row.getString("id"), new Act(
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("operator"),
                    row.getString("command"),
                    row.getLong("letters"),
                    ids.isEmpty() ? List.of() : List.of(ids.split(","))));
        }
    }

    /// Starts to record a command. Nothing is written until it changes something.
    public ActRecorder begin(String operator, String command) {
        return new ActRecorder(this, time.instant(), operator, cut(command));
    }

    /// Records a command that has changed something, and has ended.
    public void record(String operator, String command) throws SQLException {
        var now = time.instant();
        write(UUID.randomUUID().toString(), new Act(now, operator, cut(command), 0, List.of()), Optional.of(now));
    }

    private static String cut(String command) {
        var visible = command.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .limit(LONGEST_COMMAND + 1L)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.codePointCount(0, visible.length()) <= LONGEST_COMMAND
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, LONGEST_COMMAND - 1)) + "…";
    }

    /// Writes a new row, or what has become of one.
    void write(String id, Act act, Optional<Instant> endedAt) throws SQLException {
        var ids = String.join(",", act.ids());
        @Nullable
        Long ended = endedAt.isPresent() ? Long.valueOf(endedAt.get().toEpochMilli()) : null;
        var _ = database.inTransaction(statements -> statements.update(UPDATE, act.letters(), ids, ended, id) == 1
                || statements.update(INSERT, id, act.at().toEpochMilli(), act.operator(), act.command(), act.letters(), ids, ended) == 1);
    }

    Instant now() {
        return time.instant();
    }

    /// The latest first.
    public List<Act> latest(Optional<Instant> since, int limit) throws SQLException {
        return database.reading(statements -> statements.list(LATEST, Row::of, since.orElse(Instant.EPOCH).toEpochMilli(), limit))
                .stream().map(Row::act).toList();
    }

    /// Those that no daemon's log has yet, the oldest first; they count as told from then on. Each goes to one node only.
    public List<Act> tell(int limit) throws SQLException {
        var unended = time.instant().minus(LONGEST).toEpochMilli();
        var untold = database.reading(statements -> statements.list(UNTOLD, Row::of, unended, limit));
        return untold.isEmpty() ? List.of() : database.inTransaction(statements -> told(statements, untold));
    }

    private static List<Act> told(Statements statements, List<Row> untold) throws SQLException {
        var told = new ArrayList<Act>();
        for (var row : untold) {
            if (statements.update(TELL, row.id()) == 1) {
                told.add(row.act());
            }
        }
        return told;
    }

    /// Changes the commands that it changes, such as takes a name out of them.
    ///
    /// @return how many
    public int rewrite(UnaryOperator<String> change) throws SQLException {
        return database.inTransaction(statements -> {
            var changed = 0;
            for (var row : statements.list(LATEST, Row::of, 0L, Integer.MAX_VALUE)) {
                var command = change.apply(row.act().command());
                if (!command.equals(row.act().command())) {
                    changed += statements.update("update act set command = ? where id = ?", command, row.id());
                }
            }
            return changed;
        });
    }

    /// Forgets those from before.
    ///
    /// @return how many
    public int purge(Instant before) throws SQLException {
        return database.inTransaction(statements -> statements.update(PURGE, before.toEpochMilli()));
    }
}
