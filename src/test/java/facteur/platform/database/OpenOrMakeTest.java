package facteur.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What a command opens that may come before the first start of a daemon.
final class OpenOrMakeTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static void makesThenOpens(DatabaseSettings settings) throws SQLException {
        assertThatThrownBy(settings::openBeside).isInstanceOf(SQLException.class);
        try (var database = settings.openOrMake()) {
            database.inTransaction(statements -> statements.update("update settings_edition set number = 7"));
        }
        try (var database = settings.openOrMake()) {
            assertThat(edition(database)).isEqualTo(7);
        }
        settings.openBeside().close();
    }

    private static long edition(Database database) throws SQLException {
        return database.reading(statements -> statements.first("select number from settings_edition", row -> row.getLong(1))).orElseThrow();
    }

    private static void refusesAnotherVersion(DatabaseSettings settings) throws SQLException {
        try (var database = settings.open()) {
            database.inTransaction(statements -> statements.update("delete from schema_history where script like 'V1\\_%' escape '\\'"));
        }
        assertThatThrownBy(settings::openOrMake).hasMessageContaining("is of another version of facteur");
    }

    @Test
    void makesTheFileOnce(@TempDir Path state) throws SQLException {
        makesThenOpens(new DatabaseSettings.InState(state));
    }

    @Test
    void makesTheTablesOnTheServerOnce() throws SQLException {
        makesThenOpens(POSTGRES.settings());
    }

    @Test
    void leavesAFileOfAnotherVersionToADaemon(@TempDir Path state) throws SQLException {
        refusesAnotherVersion(new DatabaseSettings.InState(state));
    }

    @Test
    void leavesTablesOfAnotherVersionToADaemon() throws SQLException {
        refusesAnotherVersion(POSTGRES.settings());
    }
}
