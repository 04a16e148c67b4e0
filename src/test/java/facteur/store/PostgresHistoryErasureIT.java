package facteur.store;

import facteur.fixture.PostgresExtension;
import facteur.platform.database.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a real PostgreSQL; each test in a schema of its own.
final class PostgresHistoryErasureIT extends HistoryErasureContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @Override
    Database openDatabase() throws SQLException {
        return POSTGRES.settings().open();
    }
}
