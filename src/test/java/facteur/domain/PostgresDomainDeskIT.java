package facteur.domain;

import facteur.database.Database;
import facteur.fixture.PostgresExtension;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a real PostgreSQL; each test in a schema of its own.
final class PostgresDomainDeskIT extends DomainDeskContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Override
    Database openDatabase() throws SQLException {
        return POSTGRES.settings().open();
    }
}
