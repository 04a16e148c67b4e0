package facteur.spool;

import facteur.database.Statements;
import java.sql.SQLException;

/// How long the leases of this run hold, and what becomes of those whose owner is gone.
sealed interface Tenure extends AutoCloseable permits SoleTenure, SharedTenure {
    /// Who takes leases in this run.
    String owner();

    /// Takes back what earlier runs had leased. Before anybody claims.
    void begin() throws SpoolException;

    /// Part of each transaction that leases letters: makes sure that the others know that this run is alive.
    void affirm(Statements statements) throws SQLException;

    /// Nobody claims any more.
    @Override
    void close();
}
