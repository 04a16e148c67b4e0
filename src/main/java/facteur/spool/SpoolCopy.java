package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// A SQLite spool that is not delivered from: a copy, or one that is being restored. For one thread.
public final class SpoolCopy {
    private static final String BODIES =
            "select letter_id, body_bytes from content where body is null and letter_id > ? order by letter_id limit 1";
    private static final String HOLD_ALL =
            """
            update queue set state = 'hold', hold_reason = ?, lease_owner = '', turn = case state when 'active' then 0 else turn end
            where state <> 'hold'""";

    private final Database database;

    public SpoolCopy(Database database) {
        this.database = database;
    }

    /// A body that a letter has in a file.
    public record BodyFile(QueueId id, long sizeBytes) {
        /// Below the state folder.
        public String name() {
            return "spool/" + id.text().substring(id.text().length() - 2) + "/" + id.text() + ".body";
        }
    }

    /// The next body after this letter's, in the order of the ids.
    ///
    /// @param id empty for the first
    /// @throws SQLException also when a row has an id that is none
    public Optional<BodyFile> bodyAfter(String id) throws SQLException {
        var found = database.reading(statements -> statements.first(
                BODIES, row -> new Row(row.getString(1), row.getLong(2)), id));
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get().body());
    }

    private record Row(String id, long sizeBytes) {
        BodyFile body() throws SQLException {
            return new BodyFile(
                    QueueId.parse(id).orElseThrow(() -> new SQLException("a letter has an id that is none")), sizeBytes);
        }
    }

    /// Whether the letter is in the queue, with a body in a file.
    public boolean hasBodyFile(QueueId id) throws SQLException {
        return database.reading(statements -> statements.first(
                "select 1 from content where letter_id = ? and body is null", row -> true, id.text()))
                .isPresent();
    }

    /// How many letters are in the queue.
    public long letters() throws SQLException {
        return database.reading(statements -> statements.first("select count(*) from queue", row -> row.getLong(1))).orElse(0L);
    }

    /// Takes a letter out of the queue, for those who still waited too.
    public void remove(QueueId id, Instant now) throws SQLException {
        var _ = database.inTransaction(statements -> {
            LetterRows.remove(statements, id, now);
            return statements.update("delete from queue where letter_id = ?", id.text());
        });
    }

    /// Puts every letter on hold.
    ///
    /// @return how many weren't
    public int holdAll(String reason) throws SQLException {
        return database.inTransaction(statements -> statements.update(HOLD_ALL, reason));
    }
}
