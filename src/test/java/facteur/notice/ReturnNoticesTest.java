package facteur.notice;

import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;

final class ReturnNoticesTest extends ReturnNoticesContract {
    @Override
    Database open(Path state) throws SQLException {
        return MigratedDatabase.open(state);
    }
}
