package facteur.store;

import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.sql.SQLException;

/// On SQLite.
final class HistoryErasureTest extends HistoryErasureContract {
    @Override
    Database openDatabase() throws SQLException {
        return MigratedDatabase.open(state);
    }
}
