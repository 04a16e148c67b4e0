package facteur.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {
    @TempDir
    private Path state;

    private static String pragma(Database database, String name) throws SQLException {
        return database.inTransaction(statements -> statements.first("pragma " + name, row -> row.getString(1)))
                .orElseThrow();
    }

    @Test
    void opensSafely() throws Exception {
        try (var database = Database.open(state)) {
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).isEqualTo("2");
            assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(database, "auto_vacuum")).isEqualTo("2");
            assertThat(pragma(database, "busy_timeout")).isEqualTo("10000");
            assertThat(pragma(database, "mmap_size")).isEqualTo("0");
            assertThat(pragma(database, "wal_autocheckpoint")).isEqualTo("0");
        }
    }

    @Test
    void keepsNothingOfWorkThatFails() throws Exception {
        try (var database = Database.open(state)) {
            database.inTransaction(statements -> statements.update("create table kept (n bigint)"));
            assertThatThrownBy(() -> database.inTransaction(statements -> {
                statements.update("insert into kept values (1)");
                throw new SQLException("no");
            }))
                    .hasMessage("no");
            var kept = database.reading(statements -> statements.list("select n from kept", row -> row.getLong(1)));
            assertThat(kept).isEmpty();
        }
    }

    @Test
    void letsAnotherProcessWriteBeside() throws Exception {
        try (var daemon = Database.open(state);
                var command = Database.open(state)) {
            daemon.inTransaction(statements -> statements.update("create table shared (n bigint)"));
            command.inTransaction(statements -> statements.update("insert into shared values (1)"));
            daemon.inTransaction(statements -> statements.update("update shared set n = n + 1"));
            var seen = command.reading(statements -> statements.list("select n from shared", row -> row.getLong(1)));
            assertThat(seen).containsExactly(2L);
        }
    }

    @Test
    void preparesAStatementAnewThatFailed() throws Exception {
        try (var database = Database.open(state)) {
            database.inTransaction(statements -> statements.update("create table one (n bigint primary key)"));
            Database.Work<Integer> insert = statements -> statements.update("insert into one values (?)", 1L);
            database.inTransaction(insert);
            assertThatThrownBy(() -> database.inTransaction(insert)).isInstanceOf(SQLException.class);
            database.inTransaction(statements -> statements.update("delete from one"));
            assertThat(database.inTransaction(insert)).isEqualTo(1);
        }
    }

    @Test
    void letsReadersWriteNothing() throws Exception {
        try (var database = Database.open(state)) {
            assertThatThrownBy(() -> database.reading(statements -> statements.update("delete from queue")))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void movesTheLogIntoTheFile() throws Exception {
        try (var database = Database.open(state)) {
            var before = Files.size(state.resolve("facteur.db"));
            database.inTransaction(statements -> statements.update("create table large (octets blob)"));
            database.inTransaction(statements -> statements.update("insert into large values (zeroblob(100000))"));
            database.checkpoint(1_000);
            assertThat(state.resolve("facteur.db")).hasSize(before);
            database.checkpoint(10);
            assertThat(Files.size(state.resolve("facteur.db"))).isGreaterThan(before + 100_000);
        }
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws Exception {
        try (var database = Database.open(state)) {
            database.inTransaction(statements -> statements.update(
                    """
                    insert into schema_history (installed_rank, version, description, type, script, checksum,
                        installed_by, execution_time, success)
                    values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)"""));
        }
        assertThatThrownBy(() -> Database.open(state)).isInstanceOf(SQLException.class).hasMessageContaining("version");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws Exception {
        Files.writeString(state.resolve("facteur.db"), "no database".repeat(1000));
        assertThatThrownBy(() -> Database.open(state))
                .isInstanceOfSatisfying(
                        SQLException.class, failure -> assertThat(Dialect.SQLITE.fault(failure)).isEqualTo(Fault.BROKEN));
    }
}
