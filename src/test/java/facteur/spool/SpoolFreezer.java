package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.PostgresDump;
import facteur.fixture.PostgresExtension;
import facteur.platform.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Writes a spool of today's schema into `src/test/resources/spool/vN`, for SQLite and for PostgreSQL; no build runs it, see
/// `src/docs/developing.md`. What is frozen already stays.
@EnabledIfSystemProperty(named = "spool.freeze", matches = "true")
final class SpoolFreezer {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final Path FROZEN = Path.of("src/test/resources/spool");

    @TempDir
    private Path temp;

    @Test
    void freezesSqlite() throws Exception {
        String version;
        try (var open = open(Database.open(temp))) {
            version = version(open.database());
            FrozenLetters.write(open, temp);
            FrozenStore.write(open, temp);
            FrozenPersons.write(open);
            FrozenReturns.write(open);
        }
        assertThat(temp.resolve("facteur.db-wal")).doesNotExist();
        var frozen = Files.createDirectories(FROZEN.resolve(version));
        Files.copy(temp.resolve("facteur.db"), frozen.resolve("facteur.db"));
        try (var bodies = Files.walk(temp.resolve("spool"))) {
            for (var body : bodies.filter(Files::isRegularFile).toList()) {
                var copy = frozen.resolve(temp.relativize(body).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(body, copy);
            }
        }
    }

    /// As it lies there when its node is killed.
    @Test
    void freezesPostgres() throws Exception {
        try (var open = open(POSTGRES.settings().open())) {
            FrozenLetters.write(open, temp);
            FrozenStore.write(open, temp);
            FrozenPersons.write(open);
            FrozenReturns.write(open);
            var frozen = Files.createDirectories(FROZEN.resolve(version(open.database())));
            Files.writeString(frozen.resolve("postgres.sql"), PostgresDump.of(open.database()), StandardOpenOption.CREATE_NEW);
        }
    }

    private OpenSpool open(Database database) throws Exception {
        var folder = StateFolder.open(temp);
        return new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, () -> NOON, event -> {}));
    }

    private static String version(Database database) throws Exception {
        return "v"
                + database.reading(statements -> statements.first(
                        "select max(cast(version as integer)) from schema_history", row -> row.getString(1)))
                        .orElseThrow();
    }
}
