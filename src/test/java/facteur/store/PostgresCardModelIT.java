package facteur.store;

import facteur.fixture.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// [CardModelRun] on PostgreSQL.
final class PostgresCardModelIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isAPlainMapWithAMemory(long seed) throws SQLException, IOException {
        try (var database = POSTGRES.settings().open()) {
            new CardModelRun(new CardRig(database, folder), seed).run();
        }
    }
}
