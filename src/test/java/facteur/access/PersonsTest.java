package facteur.access;

import facteur.fixture.MigratedDatabase;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

final class PersonsTest extends PersonsContract {
    @TempDir
    private Path state;

    @Override
    Database openDatabase() throws SQLException {
        return MigratedDatabase.open(state);
    }
}
