package facteur.store;

import facteur.platform.database.Database;
import java.sql.SQLException;

final class SqliteCardImportTest extends CardImportContract {
    @Override
    Database openDatabase() throws SQLException {
        return Database.open(folder);
    }
}
