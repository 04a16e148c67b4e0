package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The table `attempt`: what each attempt came to. Each method is part of a transaction of its caller's.
final class AttemptRows {
    /// How many rows of a letter are stored, or at least those of its last attempt. By the standard schedule a letter for one
    /// recipient makes 36.
    static final int LIMIT = 50;

    private static final String INSERT =
            """
            insert into attempt (letter_id, number, position, at, upstream, peer, stage, result, reply)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String FORGET = "delete from attempt where letter_id = ? and number <= ?";
    private static final String SELECT =
            """
            select number, position, at, upstream, peer, stage, result, reply
            from attempt where letter_id = ? order by number, position""";

    private static final String IS_THERE = "select 1 from attempt where letter_id = ? and number = ? and position = ?";

    private AttemptRows() {}

    static boolean isThere(Statements statements, QueueId id, Attempt attempt) throws SQLException {
        return statements.first(IS_THERE, row -> true, id.text(), attempt.number(), attempt.position()).isPresent();
    }

    /// @param attempts of one number
    static void insert(Statements statements, String letterId, List<Attempt> attempts) throws SQLException {
        for (var attempt : attempts) {
            statements.update(
                    INSERT,
                    letterId,
                    attempt.number(),
                    attempt.position(),
                    attempt.at().toEpochMilli(),
                    attempt.upstream(),
                    attempt.peer(),
                    attempt.stage(),
                    attempt.result().word(),
                    attempt.reply());
        }
        if (!attempts.isEmpty()) {
            var forgotten = attempts.getFirst().number() - Math.max(1, LIMIT / attempts.size());
            if (forgotten > 0) {
                statements.update(FORGET, letterId, forgotten);
            }
        }
    }

    static List<Attempt> of(Statements statements, QueueId id) throws SQLException {
        return statements.list(
                SELECT,
                row -> new Attempt(
                        row.getInt("number"),
                        row.getInt("position"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("upstream"),
                        row.getString("peer"),
                        row.getString("stage"),
                        Attempt.Result.of(row.getString("result")),
                        row.getString("reply")),
                id.text());
    }
}
