package facteur.access;

import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.InstantSource;

/// Removes sessions, tickets and used values that have ended: nothing would take them, they only use room. Thread-safe.
public final class AccessCleaner {
    private static final String[] ENDED = {
        "delete from session where until <= ?", "delete from ticket where until <= ?", "delete from used_once where until <= ?"
    };

    private final Database database;
    private final InstantSource time;

    public AccessCleaner(Database database, InstantSource time) {
        this.database = database;
        this.time = time;
    }

    /// To be called every few minutes.
    ///
    /// @return how many rows
    public int clean() throws SQLException {
        var now = time.millis();
        return database.inTransaction(statements -> {
            var count = 0;
            for (var sql : ENDED) {
                count += statements.update(sql, now);
            }
            return count;
        });
    }
}
