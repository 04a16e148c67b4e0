package facteur.access;

import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Instant;

/// What must not be taken twice, by any node. Thread-safe.
public final class UsedOnce {
    /// Steps of a person's second step: `login step`.
    static final String TOTP = "totp";

    private static final String INSERT = "insert into used_once (kind, value, until) values (?, ?, ?) on conflict do nothing";

    private final Database database;

    public UsedOnce(Database database) {
        this.database = database;
    }

    /// Takes a value.
    ///
    /// @param kind of values that are told apart from those of other kinds
    /// @param until from when on it would be refused anyway
    /// @return false when it was taken before, here or on another node
    public boolean take(String kind, String value, Instant until) throws SQLException {
        return database.inTransaction(statements -> take(statements, kind, value, until));
    }

    static boolean take(Statements statements, String kind, String value, Instant until) throws SQLException {
        return statements.update(INSERT, kind, value, until.toEpochMilli()) == 1;
    }
}
