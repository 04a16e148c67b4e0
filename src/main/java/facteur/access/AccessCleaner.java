package facteur.access;

import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Removes sessions, tickets and used values that have ended: nothing would take them, they only use room. Thread-safe.
public final class AccessCleaner {
    private static final String SESSIONS = "delete from session where until <= ? or used_at <= ? or made_at <= ?";
    private static final String TICKETS = "delete from ticket where until <= ?";
    private static final String USED_ONCE = "delete from used_once where until <= ?";

    private final Database database;
    private final InstantSource time;
    private final Supplier<SessionLimits> limits;

    public AccessCleaner(Database database, InstantSource time, Supplier<SessionLimits> limits) {
        this.database = database;
        this.time = time;
        this.limits = limits;
    }

    /// To be called every few minutes, while the clock is trusted.
    ///
    /// @return how many rows
    public int clean() throws SQLException {
        var now = time.instant();
        var idleSince = now.minus(limits.get().idle()).toEpochMilli();
        var longSince = now.minus(limits.get().longest()).toEpochMilli();
        return database.inTransaction(statements -> statements.update(SESSIONS, now.toEpochMilli(), idleSince, longSince)
                + statements.update(TICKETS, now.toEpochMilli())
                + statements.update(USED_ONCE, now.toEpochMilli()));
    }

    /// Ends every session and link at once. In what is restored from a backup, or copied for one, there are none: they were ended
    /// since, or would let in who copied it.
    public static int endAll(Database database) throws SQLException {
        return database.inTransaction(statements -> statements.update("delete from session") + statements.update("delete from ticket"));
    }
}
