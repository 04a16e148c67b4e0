package facteur.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// What a command opens that may come before the first start of a daemon.
abstract class OpenOrMakeContract {
    /// Of a database that isn't there yet.
    abstract DatabaseSettings settings();

    @Test
    void makesItOnce() throws SQLException {
        assertThatThrownBy(settings()::openBeside).isInstanceOf(SQLException.class);
        try (var database = settings().openOrMake()) {
            database.inTransaction(statements -> statements.update("update settings_edition set number = 7"));
        }
        try (var database = settings().openOrMake()) {
            var edition = database.reading(statements -> statements.first("select number from settings_edition", row -> row.getLong(1)));
            assertThat(edition).contains(7L);
        }
        settings().openBeside().close();
    }

    @Test
    void leavesAnotherVersionToADaemon() throws SQLException {
        try (var database = settings().open()) {
            database.inTransaction(statements -> statements.update("delete from schema_history where script = 'V1__spool.sql'"));
        }
        assertThatThrownBy(settings()::openOrMake).hasMessageContaining("is of another version of facteur");
    }
}
