package facteur.access;

import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When tokens were used, gathered in memory, so that no request waits for the database to write it, and letters don't wait for
/// more than one small commit each time. Thread-safe.
final class TokenUses {
    private final Database database;
    private final Map<TokenId, Instant> unwritten = new ConcurrentHashMap<>();

    TokenUses(Database database) {
        this.database = database;
    }

    void note(TokenId id, Instant at) {
        unwritten.merge(id, at, (before, now) -> now.isAfter(before) ? now : before);
    }

    /// What can't be written now stays for the next time.
    void write() throws SQLException {
        var written = new HashMap<>(unwritten);
        if (written.isEmpty()) {
            return;
        }
        var _ = database.inTransaction(statements -> {
            for (var use : written.entrySet()) {
                TokenRows.used(statements, use.getKey(), use.getValue());
            }
            return written.size();
        });
        written.forEach(unwritten::remove);
    }
}
