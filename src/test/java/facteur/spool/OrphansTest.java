package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.platform.clock.ClockTrust;
import facteur.platform.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start makes of bodies that its database doesn't name.
final class OrphansTest {
    private static final int SIZE = 300_000;

    @TempDir
    private Path state;

    private final Letters letters = new Letters();
    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();

    private OpenSpool open() throws SpoolException, SQLException {
        var folder = StateFolder.open(state);
        try {
            var database = folder.open(new DatabaseSettings.InState(state));
            try {
                return new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, time, journal));
            } catch (SpoolException e) {
                database.close();
                throw e;
            }
        } catch (SpoolException | SQLException e) {
            folder.close();
            throw e;
        }
    }

    private Letter large(Spool spool) throws IOException {
        return letters.letter(Letters.inFile(spool, Letters.random(SIZE)), "an@client.example");
    }

    private QueueId keep(OpenSpool open) throws Exception {
        var letter = large(open.spool());
        Letters.defer(open.spool(), letter, time.instant());
        return letter.id();
    }

    private Path body(QueueId id) {
        return StateFolder.bodyFile(state.resolve("spool"), id);
    }

    private Path aside(QueueId id) {
        return state.resolve("spool/orphaned").resolve(id + ".body");
    }

    private Map<String, Long> files() throws IOException {
        var files = new TreeMap<String, Long>();
        try (var all = Files.walk(state)) {
            for (var file : all.filter(Files::isRegularFile).filter(each -> !each.startsWith(state.resolve("native"))).toList()) {
                files.put(state.relativize(file).toString(), Files.size(file));
            }
        }
        return files;
    }

    /// As when the disk of the bodies isn't mounted.
    @Test
    void startsNotWithoutTheFolderOfTheBodies() throws Exception {
        QueueId id;
        try (var open = open()) {
            id = keep(open);
        }
        var spool = state.resolve("spool");
        var away = Files.move(spool, state.resolve("away"));

        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(this::open).isInstanceOf(SpoolException.class).hasMessageContainingAll("no folder", "spool", id.text());
        }
        Files.move(away, spool);
        try (var open = open()) {
            assertThat(ids(open.spool().due(Letters.ROUTE, time.instant(), 9))).containsExactly(id);
        }
    }

    @Test
    void startsWithoutTheFolderWhereNoBodyWasInIt() throws Exception {
        try (var open = open()) {
            Letters.defer(open.spool(), letters.letter(), time.instant());
        }
        Files.delete(state.resolve("spool"));
        try (var open = open()) {
            assertThat(ids(open.spool().due(Letters.ROUTE, time.instant(), 9))).hasSize(1);
        }
    }

    private void requireRefused(String what) throws IOException {
        var before = files();
        assertThatThrownBy(this::open)
                .isInstanceOf(SpoolException.class)
                .hasMessageContainingAll(what, "Put ", "Nothing was changed");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void refusesToStartWithBodiesAndNoDatabase() throws Exception {
        QueueId id;
        try (var open = open()) {
            id = keep(open);
        }
        var elsewhere = Files.move(state.resolve("facteur.db"), state.resolveSibling("elsewhere"));
        requireRefused("there is no database");
        Files.createFile(state.resolve("facteur.db"));
        requireRefused("the bodies of 1 letters");
        Files.delete(state.resolve("facteur.db"));
        Files.move(elsewhere, state.resolve("facteur.db"));
        try (var open = open()) {
            var due = (ClaimedWork.Now) open.spool().due(Letters.ROUTE, time.instant(), 9);
            assertThat(ids(due)).containsExactly(id);
            assertThat(Letters.octets(due.letters().getFirst().letter())).endsWith(Letters.random(SIZE));
        }
    }

    /// What was committed may be nowhere but there; SQLite would delete it.
    @Test
    void refusesToStartWithALogAndNoDatabase() throws Exception {
        StateFolder.open(state).close();
        Files.write(state.resolve("facteur.db-wal"), new byte[99]);
        requireRefused("facteur.db-wal");
    }

    @Test
    void refusesADatabaseThatIsOlderThanTheBodies() throws Exception {
        try (var open = open()) {
            Letters.defer(open.spool(), letters.letter(), NOON);
        }
        var copy = Files.copy(state.resolve("facteur.db"), state.resolveSibling("copy"));
        QueueId id;
        try (var open = open()) {
            id = keep(open);
        }
        var newer = Files.move(state.resolve("facteur.db"), state.resolveSibling("newer"));
        Files.move(copy, state.resolve("facteur.db"));
        requireRefused(id.text());
        Files.delete(state.resolve("facteur.db"));
        Files.move(newer, state.resolve("facteur.db"));
        try (var open = open()) {
            assertThat(ids(open.spool().due(Letters.ROUTE, time.instant(), 9))).contains(id);
        }
    }

    /// As when the process ends between the body and the commit of its letter, however long no letter had come before.
    @Test
    void setsAsideWhatACrashLeft() throws Exception {
        QueueId kept;
        Path arriving;
        try (var open = open()) {
            kept = keep(open);
            arriving = open.spool().bodyFiles().create();
        }
        var id = new QueueIds(() -> NOON.plus(Duration.ofDays(90)), () -> 7).next();
        Files.createDirectories(body(id).getParent());
        Files.write(body(id), new byte[5]);
        try (var open = open()) {
            assertThat(ids(open.spool().due(Letters.ROUTE, time.instant(), 9))).containsExactly(kept);
        }
        assertThat(arriving).doesNotExist();
        assertThat(body(id)).doesNotExist();
        assertThat(aside(id)).hasSize(5);
        assertThat(body(kept)).exists();
        assertThat(journal.events()).containsExactly(new MailEvent.Orphaned(id.text(), aside(id).toString()));
    }

    /// A letter of long ago, that the database may have forgotten.
    @Test
    void setsAsideAnOldBodyThatTheDatabaseDoesNotKnow() throws Exception {
        QueueId old;
        try (var open = open()) {
            old = keep(open);
            Letters.defer(open.spool(), new LaterLetter(letters.letter(), NOON.plus(Duration.ofHours(1))).letter(), NOON);
            open.database().inTransaction(statements -> {
                for (var table : List.of("queue", "content", "recipient")) {
                    statements.update("delete from " + table + " where letter_id = ?", old.text());
                }
                return statements.update("delete from letter where id = ?", old.text());
            });
        }
        open().close();
        assertThat(aside(old)).hasSize(SIZE);
    }

    private record LaterLetter(Letter from, Instant at) {
        Letter letter() {
            return new Letter(
                    new QueueIds(() -> at, () -> 8).next(), at, from.provenance(), from.envelope(), from.originalReversePath(), from.message());
        }
    }

    @Test
    void deletesTheBodyOfALetterThatHasEnded() throws Exception {
        QueueId id;
        try (var open = open()) {
            var spooled = open.spool().acceptActive(Letters.ROUTE, large(open.spool()));
            id = spooled.id();
            open.spool().settle(spooled, spooled.recipients(), new QueueState.Ended(NOON));
        }
        Files.write(body(id), new byte[5]);
        open().close();
        assertThat(body(id)).doesNotExist();
        assertThat(aside(id)).doesNotExist();
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void keepsWhatWasSetAsideAsLongAsHistory() throws Exception {
        open().close();
        var id = letters.letter().id();
        Files.createDirectories(body(id).getParent());
        Files.write(body(id), new byte[5]);
        try (var open = open()) {
            var history = new HistoryCleaner(open.spool(), () -> Duration.ofDays(30), time, ClockTrust.ALWAYS, journal);
            time.advance(Duration.ofDays(30));
            history.run();
            assertThat(aside(id)).exists();
            time.advance(Duration.ofMillis(1));
            history.run();
            assertThat(aside(id)).doesNotExist();
        }
    }
}
