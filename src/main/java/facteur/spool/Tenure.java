package facteur.spool;

/// How long the leases of this run hold, and what becomes of those whose owner is gone.
sealed interface Tenure extends AutoCloseable permits SoleTenure, SharedTenure {
    /// Who takes leases in this run.
    String owner();

    /// Takes back what earlier runs had leased. Before anybody claims.
    void begin() throws SpoolException;

    /// Nobody claims any more.
    @Override
    void close();
}
