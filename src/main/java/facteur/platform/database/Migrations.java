package facteur.platform.database;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/// Brings a database to the schema of this version with Flyway. The scripts are named by the [Dialect], so that nothing
/// searches the class path for them; and Flyway, slow to wake, is left alone when there is nothing to do.
final class Migrations {
    /// The message about a database of another version.
    static final String OTHER_VERSION = " is of another version of facteur: use the program of that version, or start"
            + " the daemon of this one, which brings an older database up to date";

    private static final String APPLIED =
            "select script from schema_history where success and type = 'SQL' order by installed_rank";

    private Migrations() {}

    /// Whether the database has exactly the scripts of this version.
    ///
    /// @throws SQLException when it is away
    static boolean isDone(Statements statements, Dialect dialect) throws SQLException {
        try {
            return statements.list(APPLIED, row -> row.getString(1)).equals(dialect.scripts());
        } catch (SQLException newDatabase) {
            if (UnreachablePostgres.isSaidBy(newDatabase)) {
                throw newDatabase;
            }
            return false;
        }
    }

    /// @throws SQLException when a script fails, or the database has one that this version doesn't know
    static void run(DataSource source, Dialect dialect) throws SQLException {
        try {
            Flyway.configure()
                    .loggers(SilentLog.class.getName())
                    .dataSource(source)
                    .table("schema_history")
                    .resourceProvider(new Scripts(dialect.scripts()))
                    .javaMigrationClassProvider(List::of)
                    .ignoreMigrationPatterns(new String[0])
                    .callbackLocations(new String[0])
                    .skipDefaultCallbacks(true)
                    .placeholders(Map.of("octets", dialect.octetsType(), "long", dialect.longType()))
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new SQLException("the database can't be brought to this version: " + failure.getMessage(), failure);
        }
    }

    /// The scripts beside this class.
    private record Scripts(List<String> names) implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return names.contains(name) ? new Script(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return names.stream()
                    .filter(name -> name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                    .<LoadableResource>map(Script::new)
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            try (var in = Migrations.class.getResourceAsStream("migration/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("not packed: " + name);
                }
                return new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
