package facteur.spool;

import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.InstantSource;

/// How long the leases of this run hold, and what becomes of those whose owner is gone.
sealed interface LeaseKeeper extends AutoCloseable permits SoleLeaseKeeper, SharedLeaseKeeper {
    /// Names this run of the process.
    static String run(InstantSource time) {
        return ProcessHandle.current().pid() + "@" + time.millis();
    }

    /// Who takes leases in this run.
    String owner();

    /// Whether no other process leases letters here.
    boolean isSole();

    /// Takes back what earlier runs had leased. Before anybody claims.
    void begin() throws SpoolException;

    /// Before a transaction that leases letters: makes [#isSure] true, or fails. Does nothing where it is true.
    void refresh() throws SpoolException;

    /// Part of each transaction that leases letters: makes sure that the others know that this run is alive.
    void affirm(Statements statements) throws SQLException;

    /// Whether the leases of this run hold for some time yet, as far as it knows by its own clock. Asks nobody.
    boolean isSure();

    /// Nobody claims any more; but what is leased goes on to be, for a while.
    void abandon();

    /// Nobody claims any more.
    @Override
    void close();
}
