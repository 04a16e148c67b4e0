package facteur.spool;

import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;

final class ReturnStoreTest extends ReturnStoreContract {
    @Override
    Database openDatabase(Path state) throws SQLException {
        return MigratedDatabase.open(state);
    }
}
