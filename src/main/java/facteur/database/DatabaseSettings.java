package facteur.database;

import facteur.config.Section;
import java.nio.file.Path;
import java.sql.SQLException;

/// Which database the spool is in. Immutable.
public sealed interface DatabaseSettings {
    /// A file in the state folder.
    record InState(Path state) implements DatabaseSettings {
        @Override
        public Database open() throws SQLException {
            return SqliteDatabase.open(state);
        }
    }

    /// A server, which several nodes may share.
    record OnServer(PostgresSettings settings) implements DatabaseSettings {
        @Override
        public Database open() throws SQLException {
            return PostgresDatabase.open(settings);
        }
    }

    /// Reads the section `spool`. Connects to nothing.
    static DatabaseSettings from(Section section, Path state) {
        var postgres = PostgresSettings.from(section);
        return postgres.url().isEmpty() ? new InState(state) : new OnServer(postgres);
    }

    /// Opens it, and brings it to the schema of this version.
    Database open() throws SQLException;
}
