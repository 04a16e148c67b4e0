package facteur.spool;

import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.sql.SQLException;

/// On SQLite.
final class OfficeLogTest extends OfficeLogContract {
    @Override
    Database openDatabase() throws SQLException {
        return MigratedDatabase.open(state);
    }
}
