package facteur.platform.database;

import facteur.platform.config.Section;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

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

        @Override
        public boolean isAway(SQLException failure) {
            return false;
        }

        @Override
        public Duration lease() {
            return PostgresSettings.LEASE; // No other node ever asks.
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

        @Override
        public boolean isAway(SQLException failure) {
            return UnreachablePostgres.isSaidBy(failure);
        }

        @Override
        public Duration lease() {
            return settings.lease();
        }
    }

    /// Reads the section `spool`. Connects to nothing.
    static DatabaseSettings from(Section section, Path state) {
        var postgres = PostgresSettings.from(section);
        return postgres.url().isEmpty() ? new InState(state) : new OnServer(postgres);
    }

    /// Opens it, and brings it to the schema of this version.
    Database open() throws SQLException;

    /// Whether a failure to open it passes by itself: a server that isn't up yet. Anything else, such as a wrong password,
    /// needs an operator.
    boolean isAway(SQLException failure);

    /// Opens it for an operator's command, beside a daemon or without one. Makes nothing, migrates nothing.
    Database openBeside() throws SQLException;

    /// How long the letters of a node that has fallen silent wait for another, where several share the database.
    Duration lease();
}
