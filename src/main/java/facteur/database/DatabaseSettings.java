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

        @Override
        public Database openBeside() throws SQLException {
            return SqliteDatabase.openBeside(state);
        }
    }

    /// A server, which several nodes may share.
    record OnServer(PostgresSettings settings) implements DatabaseSettings {
        @Override
        public Database open() throws SQLException {
            return PostgresDatabase.open(settings);
        }

        @Override
        public Database openBeside() throws SQLException {
            return PostgresDatabase.openBeside(settings);
        }
    }

    /// Reads the section `spool`. Connects to nothing.
    static DatabaseSettings from(Section section, Path state) {
        var postgres = PostgresSettings.from(section);
        return postgres.url().isEmpty() ? new InState(state) : new OnServer(postgres);
    }

    /// Opens it, and brings it to the schema of this version.
    Database open() throws SQLException;

    /// Opens it for an operator's command, beside a daemon or without one. Makes nothing, migrates nothing.
    Database openBeside() throws SQLException;
}
