package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.journal.MailEvent;
import facteur.platform.database.Database;
import facteur.platform.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that are taken away, or changed for others, while a spool has them open.
final class DisplacedTest {
    @TempDir
    private Path temp;

    private final Letters letters = new Letters();
    private final RecordingJournal journal = new RecordingJournal();
    private Path state;
    private OpenSpool open;

    @BeforeEach
    void open() throws Exception {
        state = temp.resolve("state");
        open = opened();
        Letters.defer(open.spool(), letters.letter(), NOON);
    }

    @AfterEach
    void close() {
        open.close();
    }

    private OpenSpool opened() throws SpoolException, SQLException {
        var folder = StateFolder.open(state);
        var database = MigratedDatabase.open(state);
        return new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, () -> NOON, journal));
    }

    private void requireNothingTaken(String why) throws IOException {
        var arrived = Letters.inFile(open.spool(), new byte[99]);
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll("until restarted", why, "put back");
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter(arrived, "an@client.example")))
                .isInstanceOf(SpoolException.class);
        assertThat(open.spool().refusal().orElseThrow()).contains(why);
        open.spool().look();
        open.spool().look();
        assertThat(journal.events(MailEvent.SpoolTrouble.class)).singleElement().asString().contains(why);
    }

    /// How many letters of the queue a start would find, had the process been killed now.
    private long found(Path facteurDb) throws Exception {
        var copy = Files.createDirectory(temp.resolve("copy"));
        Files.copy(facteurDb, copy.resolve("facteur.db"));
        var log = state.resolve("facteur.db-wal");
        if (Files.exists(log)) {
            Files.copy(log, copy.resolve("facteur.db-wal"));
        }
        try (var database = Database.open(copy)) {
            return database.reading(statements -> statements.first("select count(*) from queue", row -> row.getLong(1))).orElseThrow();
        }
    }

    @Test
    void takesNothingOnceTheDatabaseIsDeleted() throws Exception {
        Files.delete(state.resolve("facteur.db"));
        requireNothingTaken("facteur.db is gone");
    }

    @Test
    void takesNothingOnceTheDatabaseIsEmptied() throws Exception {
        Files.newByteChannel(state.resolve("facteur.db"), java.nio.file.StandardOpenOption.WRITE).truncate(0).close();
        requireNothingTaken("facteur.db is empty now");
    }

    @Test
    void keepsWhatADeletedDatabaseHeld() throws Exception {
        var spooled = open.spool().acceptActive(Letters.ROUTE, letters.letter());
        Files.delete(state.resolve("facteur.db"));
        open.spool().look();
        open.spool().settle(spooled, spooled.recipients(), new QueueState.Ended(NOON));
        open.close();
        assertThat(state.resolve("facteur.db-wal")).doesNotExist();
        try (var folder = StateFolder.open(state)) {
            assertThatThrownBy(() -> folder.open(new DatabaseSettings.InState(state)))
                    .isInstanceOf(SpoolException.class)
                    .hasMessageContaining("facteur.db.rescued");
        }
        Files.move(state.resolve("facteur.db.rescued"), state.resolve("facteur.db"));
        open = opened();
        assertThat(((ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9)).letters()).hasSize(1);
        assertThat(open.database().damage()).isEmpty();
        var _ = open.spool().acceptActive(Letters.ROUTE, letters.letter());
    }

    @Test
    void losesNothingWhenTheDatabaseIsMovedAndPutBack() throws Exception {
        var spooled = open.spool().acceptActive(Letters.ROUTE, letters.letter());
        var old = Files.move(state.resolve("facteur.db"), state.resolve("old.db"));
        requireNothingTaken("facteur.db is gone");
        // What has begun goes on, and is known afterwards.
        open.spool().settle(spooled, spooled.recipients(), new QueueState.Ended(NOON));
        assertThat(((ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9)).letters()).hasSize(1);
        assertThat(found(old)).isEqualTo(1);
        Files.move(old, state.resolve("facteur.db"));
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter())).hasMessageContaining("restart");
        open.close();
        open = opened();
        assertThat(((ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9)).letters()).hasSize(1);
        var _ = open.spool().acceptActive(Letters.ROUTE, letters.letter());
    }

    @Test
    void takesNothingOnceAnotherDatabaseIsInItsPlace() throws Exception {
        var copy = Files.copy(state.resolve("facteur.db"), state.resolve("copy.db"));
        Files.delete(state.resolve("facteur.db"));
        Files.move(copy, state.resolve("facteur.db"));
        requireNothingTaken("facteur.db is another one now");
    }

    @Test
    void bringsTheLogIntoTheDatabaseWhenItsFileIsDeleted() throws Exception {
        Files.delete(state.resolve("facteur.db-wal"));
        requireNothingTaken("facteur.db-wal is gone");
        // An answer comes after those to earlier questions.
        open.spool().awaitAnswer();
        open.spool().awaitAnswer();
        assertThat(found(state.resolve("facteur.db"))).isEqualTo(1);
    }

    @Test
    void takesNothingOnceTheBodiesAreElsewhere() throws Exception {
        var large = letters.letter(Letters.inFile(open.spool(), Letters.random(300_000)), "an@client.example");
        Letters.defer(open.spool(), large, NOON);
        Files.move(state.resolve("spool"), state.resolve("elsewhere"));
        requireNothingTaken("spool is gone");
        // Not a word against the letter.
        assertThatThrownBy(() -> open.spool().due(Letters.ROUTE, NOON, 9)).isInstanceOf(SpoolException.class);
        assertThat(open.spool().counts()).noneMatch(count -> count.standing() == QueueStatus.HOLD);
        Files.move(state.resolve("elsewhere"), state.resolve("spool"));
        assertThat(((ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9)).letters()).hasSize(2);
    }

    @Test
    void takesNothingOnceTheWholeFolderIsAnother() throws Exception {
        Files.move(state, temp.resolve("elsewhere"));
        Files.createDirectories(state.resolve("incoming"));
        requireNothingTaken("facteur.db is gone");
        assertThat(((ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9)).letters()).hasSize(1);
    }

    /// The log and its index are the same files from open to close, in all that is done with them.
    @Test
    void isNotMisledByWhatSqliteDoesItself() throws Exception {
        var database = open.database();
        database.inTransaction(statements -> statements.update("create table large (octets blob)"));
        for (var i = 0; i < 3; i++) {
            database.inTransaction(statements -> statements.update("insert into large values (zeroblob(30000000))"));
            database.checkpoint(1);
            Database.openBeside(state).close();
            assertThat(database.displaced()).isEmpty();
        }
        database.inTransaction(statements -> statements.update("delete from large"));
        database.checkpoint(1);
        try (var beside = Database.openBeside(state)) {
            beside.inTransaction(statements -> statements.update("drop table large"));
            beside.checkpoint(1);
        }
        Letters.defer(open.spool(), letters.letter(), NOON);
        assertThat(database.displaced()).isEmpty();
        open.spool().look();
        assertThat(journal.events()).isEmpty();
    }
}
