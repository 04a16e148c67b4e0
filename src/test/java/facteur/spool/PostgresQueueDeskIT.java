package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.database.Database;
import facteur.database.DatabaseSettings;
import facteur.fixture.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real PostgreSQL; each test in a schema of its own.
final class PostgresQueueDeskIT extends QueueDeskContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    @TempDir
    private static Path serverFolder;

    private static PostgresServer server;

    @TempDir
    private Path state;

    private DatabaseSettings settings;
    private StateFolder folder;
    private Database database;
    private SqlSpool spool;
    private Database beside;

    @BeforeAll
    static void startServer() throws IOException {
        server = PostgresServer.start(serverFolder);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void createAndOpen() throws Exception {
        settings = PostgresSpoolIT.settings(server.schema("desk" + SCHEMAS.incrementAndGet()));
        open();
    }

    private void open() throws Exception {
        folder = StateFolder.open(state);
        database = settings.open();
        spool = SqlSpool.open(folder, database, 0, () -> NOON);
        beside = settings.openBeside();
    }

    @AfterEach
    void close() {
        beside.close();
        spool.close();
        database.close();
        folder.close();
    }

    @Override
    SqlSpool spool() {
        return spool;
    }

    @Override
    QueueDesk desk() {
        return new QueueDesk(beside, state, () -> NOON);
    }

    @Override
    boolean hasBody(Letter letter) throws SQLException {
        return database.reading(statements ->
                        statements.first("select 1 from body_part where letter_id = ?", row -> true, letter.id().text()))
                .isPresent();
    }

    /// The next run takes over what an earlier one of this node had.
    @Test
    void putsALetterOnHoldAfterACrashThatWasToBeHeld() throws Exception {
        var letter = spool.acceptActive(letters.letter());
        desk().move(QueueAct.HOLD, List.of(letter.id()));
        close();
        open();
        assertThat(desk().line(letter.id()).map(QueueLine::standing)).contains(Standing.HOLD);
    }

    @Test
    void forgetsLettersThatEndedLongAgo() throws Exception {
        var letter = spool.acceptActive(letters.letter());
        var attempt = new Attempt(1, 0, NOON, "smarthost", "end-of-data", Attempt.Result.RELAYED, "250 2.0.0 ok");
        spool.settle(letter, letter.recipients(), List.of(attempt), new QueueState.Ended(NOON));
        assertThat(spool.purge(NOON)).isZero();
        assertThat(spool.purge(NOON.plus(Duration.ofMillis(1)))).isEqualTo(1);
        assertThat(spool.shrink()).isFalse();
        assertThat(desk().life(letter.id())).isEmpty();
    }

    @Test
    void isRefusedADatabaseOfAnotherVersion() throws Exception {
        database.inTransaction(statements -> statements.update("delete from schema_history where version = '3'"));
        assertThatThrownBy(() -> settings.openBeside())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("another version");
    }
}
