package facteur.notice;

import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;

final class ChangeNoticesTest extends ChangeNoticesContract {
    @Override
    Database open(Path state) throws SQLException {
        return Database.open(state);
    }
}
