package facteur.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/// A PostgreSQL that can't be reached, as judged by the failure.
final class UnreachablePostgres {
    private UnreachablePostgres() {}

    /// Whether it passes by itself. What the server said counts, not what the pool made of it: with a wrong password the pool has no
    /// connection to give, too.
    static boolean isSaidBy(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said && said.getSQLState() != null) {
                return isAway(said.getSQLState());
            }
        }
        return failure instanceof SQLTransientConnectionException;
    }

    /// https://www.postgresql.org/docs/current/errcodes-appendix.html: no connection, going down, coming up, or crowded.
    private static boolean isAway(String state) {
        return state.startsWith("08") || (state.startsWith("57P0") && !state.equals("57P04")) || state.equals("53300");
    }
}
