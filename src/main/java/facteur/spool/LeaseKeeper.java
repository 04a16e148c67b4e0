package facteur.spool;

import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.InstantSource;

/// How long the leases of this run hold, and what becomes of those whose owner has ended.
sealed interface LeaseKeeper extends AutoCloseable permits SoleLeaseKeeper, SharedLeaseKeeper {
    /// Names this run of the process.
    static String run(InstantSource time) {
        return ProcessHandle.current().pid() + "@" + time.millis();
    }

    /// The owner of the leases of this run.
    String owner();

    /// Whether no other process leases letters here.
    boolean isSole();

    /// Takes back what earlier runs had leased. Before any claim.
    void begin() throws SpoolException;

    /// Before a transaction that leases letters: makes [#isSure] true, or fails. Does nothing where it is true.
    void refresh() throws SpoolException;

    /// Part of each transaction that leases letters: makes sure that the others know that this run is alive.
    void affirm(Statements statements) throws SQLException;

    /// Whether the leases of this run hold for some time yet, as far as it knows by its own clock. Never blocks.
    boolean isSure();

    /// There are no more claims; but what is leased stays so, for a while.
    void abandon();

    /// There are no more claims.
    @Override
    void close();
}
