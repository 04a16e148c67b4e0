package facteur.platform.database;

import facteur.fixture.PostgresExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresOpenOrMakeIT extends OpenOrMakeContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Override
    DatabaseSettings settings() {
        return POSTGRES.settings();
    }
}
