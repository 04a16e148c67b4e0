package facteur.spool;

import facteur.platform.database.Database;

/// A spool that is open, with all it stands on.
record OpenSpool(StateFolder folder, Database database, SqlSpool spool) implements AutoCloseable {
    @Override
    public void close() {
        spool.close();
        database.close();
        folder.close();
    }
}
