package facteur.e2e;

import facteur.fixture.PostgresExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On PostgreSQL.
final class PostgresQueueIT extends QueueContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @Override
    String spool() {
        return "spool: { url: \"" + POSTGRES.url() + "\", user: postgres }\n";
    }
}
