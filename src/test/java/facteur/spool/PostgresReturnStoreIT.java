package facteur.spool;

import facteur.fixture.PostgresExtension;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a real PostgreSQL; each test in a schema of its own.
final class PostgresReturnStoreIT extends ReturnStoreContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @Override
    Database openDatabase(Path state) throws SQLException {
        return POSTGRES.settings().open();
    }
}
