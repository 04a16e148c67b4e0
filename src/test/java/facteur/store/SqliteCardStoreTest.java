package facteur.store;

import facteur.platform.database.Database;
import java.sql.SQLException;

final class SqliteCardStoreTest extends CardStoreContract {
    @Override
    Database openDatabase() throws SQLException {
        return Database.open(folder);
    }
}
