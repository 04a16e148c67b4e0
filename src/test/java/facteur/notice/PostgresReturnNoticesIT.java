package facteur.notice;

import facteur.fixture.PostgresExtension;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresReturnNoticesIT extends ReturnNoticesContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @Override
    Database open(Path state) throws SQLException {
        return POSTGRES.settings().open();
    }
}
