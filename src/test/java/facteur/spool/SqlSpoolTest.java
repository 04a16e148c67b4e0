package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.MigratedDatabase;
import facteur.mail.message.MemoryBody;
import facteur.platform.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SqlSpoolTest extends SpoolContract {
    @TempDir
    private Path temp;

    private StateFolder folder;
    private Database database;
    private SqlSpool spool;

    @BeforeEach
    void open() throws Exception {
        open(0);
    }

    private void open(long floorBytes) throws Exception {
        folder = StateFolder.open(temp.resolve("state"));
        database = MigratedDatabase.open(folder.path());
        spool = SqlSpool.open(folder, database, floorBytes, () -> NOON, event -> {});
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    @Override
    Spool spool() {
        return spool;
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    private Object row(String select) throws SQLException {
        return database.reading(statements -> statements.first(select, row -> row.getObject(1)).orElse("no row"));
    }

    /// As when the process ends between two transactions of an attempt.
    @Test
    void bringsForwardMoreThanOneTransactionHolds() throws Exception {
        for (var i = 0; i < 2 * MisdatedRows.SOME + 1; i++) {
            Letters.defer(spool, letters.letter(), NOON.plus(Duration.ofDays(1)));
        }
        spool.bringForward(NOON, Duration.ofDays(1));
        assertThat(ids(spool.due(Letters.ROUTE, NOON, 2_000))).hasSize(2 * MisdatedRows.SOME + 1);
    }

    /// A look that is made before each claim.
    @Test
    void findsStraysByTheIndex() throws Exception {
        var plan = database.<List<String>>reading(statements -> statements.list(
                "explain query plan select 1 from queue where " + QueueRows.TRIED + " and route = 'a' and due_at > 5 limit 1",
                row -> row.getString("detail")));
        assertThat(plan).singleElement().asString().contains("COVERING INDEX queue_again");
    }

    /// As when facteur.db lies beside a log that isn't its own: the row that is handed out isn't the one that is written.
    @Test
    void sendsNothingAgainThatTheDatabaseDoesNotSettle() throws Exception {
        var spooled = spool.acceptActive(Letters.ROUTE, letters.letter());
        database.inTransaction(
                statements -> statements.update("update queue set lease_epoch = 7, lease_owner = '', state = 'deferred', due_at = 0, turn = 0"));

        spool.settle(spooled, spooled.recipients(), new QueueState.Ended(NOON));

        for (var i = 0; i < 3; i++) {
            assertThatThrownBy(() -> spool.due(Letters.ROUTE, NOON, 9)).hasMessageContaining(spooled.id().text()).hasMessageContaining("damaged");
        }
        assertThat(spool.refusal()).hasValueSatisfying(why -> assertThat(why).contains("until restarted"));
        reopen();
        assertThat(ids(spool.due(Letters.ROUTE, NOON, 9))).containsExactly(spooled.id());
    }

    @Test
    void remembersAfterARestartWhoHasGotIt() throws Exception {
        var spooled = spool.acceptActive(Letters.ROUTE, letters.letter(new MemoryBody(new byte[9]), "an@client.example", "bo@client.example"));
        var an = spooled.recipients().getFirst().with(Recipient.Status.RELAYED, "250 2.0.0 taken");
        spool.noteRelayed(spooled, List.of(an, spooled.recipients().getLast()));
        reopen();
        var again = ((ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 9)).letters().getFirst();
        assertThat(again.recipients()).containsExactly(an, spooled.recipients().getLast());
        // A holder that lost the lease changes nothing any more.
        spool.noteRelayed(spooled, List.of(an, an));
        reopen();
        assertThat(((ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 9)).letters().getFirst().recipients().getLast().isPending()).isTrue();
    }

    @Test
    void findsDeferredAndActiveLettersAfterARestart() throws Exception {
        var active = spool.acceptActive(Letters.ROUTE, letters.letter());
        spool.settle(active, active.recipients(), new QueueState.Deferred(NOON.minusSeconds(9)));
        spool.due(Letters.ROUTE, NOON, 1);
        var deferred = letters.letter(Letters.inFile(spool, Letters.random(300_000)), "an@client.example");
        Letters.defer(spool, deferred, NOON.minusSeconds(1));
        reopen();
        var due = (ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 9);
        assertThat(ids(due)).containsExactly(deferred.id(), active.id());
        assertThat(due.letters()).extracting(LeasedLetter::attempts).containsExactly(0, 1);
        assertThat(Letters.octets(due.letters().getFirst().letter())).endsWith(Letters.random(300_000));
    }

    @Test
    void ignoresALeaseFromBeforeTheRestart() throws Exception {
        var old = spool.acceptActive(Letters.ROUTE, letters.letter());
        reopen();
        var again = (ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 9);
        spool.settle(old, old.recipients(), new QueueState.Ended(NOON));
        assertThat(row("select count(*) from queue")).isEqualTo(1);
        spool.settle(again.letters().getFirst(), old.recipients(), new QueueState.Deferred(NOON));
        assertThat(ids(spool.due(Letters.ROUTE, NOON, 9))).containsExactly(old.id());
    }

    /// It is newer than anything that is known of the letter.
    @Test
    void believesWhatBecameOfALetterUntilItIsLeasedAgain() throws Exception {
        var old = spool.acceptActive(Letters.ROUTE, letters.letter());
        reopen();
        spool.settle(old, old.recipients(), new QueueState.Ended(NOON));
        assertThat(row("select count(*) from queue")).isEqualTo(0);
        assertThat(spool.due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void keepsTheRowsOfAnEndedLetterAndDropsItsContent() throws Exception {
        var spooled = spool.acceptActive(Letters.ROUTE, letters.letter(Letters.inFile(spool, new byte[99]), "an@client.example"));
        var file = folder.bodyFile(spooled.id());
        assertThat(file).hasSize(99);
        var fates = List.of(spooled.recipients().getFirst().with(Recipient.Status.RELAYED, "250 ok"));
        spool.settle(spooled, fates, new QueueState.Ended(NOON.plusMillis(3)));
        assertThat(file).doesNotExist();
        assertThat(row("select count(*) from queue")).isEqualTo(0);
        assertThat(row("select count(*) from content")).isEqualTo(0);
        assertThat(row("select ended_at from letter")).isEqualTo(NOON.plusMillis(3).toEpochMilli());
        assertThat(row("select status || ' ' || last_reply || ' ' || last_at from recipient"))
                .isEqualTo("relayed 250 ok " + NOON.toEpochMilli());
    }

    @Test
    @Timeout(30)
    void commitsOnceForAllWhoWait() throws Exception {
        var began = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var before = spool.commits();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<?>>();
            results.add(threads.submit(() -> spool.committer().commit(statements -> {
                began.countDown();
                return awaited(go);
            })));
            began.await();
            for (var i = 0; i < 64; i++) {
                var letter = letters.letter();
                results.add(threads.submit(() -> spool.acceptActive(Letters.ROUTE, letter)));
            }
            while (spool.committer().backlog() < 64) {
                Thread.onSpinWait();
            }
            go.countDown();
            for (var each : results) {
                each.get();
            }
        }
        assertThat(spool.commits() - before).isEqualTo(2);
        assertThat(row("select count(*) from letter")).isEqualTo(64);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void setsALetterAsideWhoseBodyFileVanishedWhileOthersFlow() throws Exception {
        var lost = letters.letter(Letters.inFile(spool, new byte[99]), "an@client.example");
        var shorter = letters.letter(Letters.inFile(spool, new byte[99]), "an@client.example");
        var sound = letters.letter(Letters.inFile(spool, new byte[99]), "an@client.example");
        Letters.defer(spool, lost, NOON.minusSeconds(2));
        Letters.defer(spool, shorter, NOON.minusSeconds(1));
        Letters.defer(spool, sound, NOON);
        Files.delete(folder.bodyFile(lost.id()));
        Files.write(folder.bodyFile(shorter.id()), new byte[98]);
        var due = (ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 2);
        assertThat(due.letters()).isEmpty();
        assertThat(due.corrupt()).extracting(ClaimedWork.Corrupt::letterId).containsExactly(lost.id().text(), shorter.id().text());
        assertThat(ids(spool.due(Letters.ROUTE, NOON, 2))).containsExactly(sound.id());
        assertThat(row("select count(*) from queue where state = 'hold' and hold_reason like 'corrupt: %'")).isEqualTo(2);
        assertThat(spool.due(Letters.ROUTE, NOON, 2)).isEqualTo(new ClaimedWork.Idle());
    }

    @Test
    void setsALetterAsideWhoseRowsAreDamaged() throws Exception {
        for (var damage : List.of(
                "update letter set reverse_path = '<' where id = ?",
                "update letter set body_type = '9BIT' where id = ?",
                "update content set header = 'no header' where letter_id = ?",
                "update content set body = substr(body, 2) where letter_id = ?",
                "update recipient set address = 'nobody' where letter_id = ?",
                "delete from content where letter_id = ?")) {
            var letter = letters.letter();
            Letters.defer(spool, letter, NOON);
            database.inTransaction(statements -> statements.update(damage, letter.id().text()));
        }
        assertThat(((ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 6)).corrupt()).hasSize(6);
        assertThat(spool.due(Letters.ROUTE, NOON, 2)).isEqualTo(new ClaimedWork.Idle());
        assertThat(row("select count(*) from queue where state = 'hold'")).isEqualTo(6);
    }

    @Test
    void refusesAFolderThatIsInUse() {
        assertThatThrownBy(() -> StateFolder.open(temp.resolve("state")))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("in use by another facteur");
    }

    @Test
    void keepsOthersOut() throws Exception {
        Letters.defer(spool, letters.letter(Letters.inFile(spool, new byte[99]), "an@client.example"), NOON);
        try (var all = Files.walk(folder.path())) {
            for (var path : all.filter(path -> !path.startsWith(folder.path().resolve("native/"))).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : path.toString().endsWith(".body") ? "r--------" : "rw-------");
            }
        }
    }

    @Test
    void takesNothingWhenTooLittleSpaceIsLeft() throws Exception {
        close();
        open(Long.MAX_VALUE);
        var arrived = Letters.inFile(spool, new byte[99]);
        assertThatThrownBy(() -> spool.acceptActive(Letters.ROUTE, letters.letter(arrived, "an@client.example")))
                .isInstanceOf(SpoolException.class);
        assertThatThrownBy(() -> spool.acceptActive(Letters.ROUTE, letters.letter())).isInstanceOf(SpoolException.class);
        assertThat(arrived.file()).doesNotExist();
    }

    @Test
    void recoversWhenAFullDiskHasSpaceAgain() throws Exception {
        var spooled = spool.acceptActive(Letters.ROUTE, letters.letter());
        limitPages(pages() + 4);
        var arrived = Letters.inFile(spool, new byte[99]);
        assertThatThrownBy(() -> spool.acceptWaiting(Map.of(Letters.ROUTE, letters.letter(Letters.random(100_000)))))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("full");
        spool.settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON));
        limitPages(1_000_000);
        spool.acceptActive(Letters.ROUTE, letters.letter(Letters.random(100_000)));
        spool.acceptActive(Letters.ROUTE, letters.letter(arrived, "an@client.example"));
    }

    private long pages() throws SQLException {
        return ((Number) row("pragma page_count")).longValue();
    }

    /// A smaller file is a full disk to SQLite.
    private void limitPages(long pages) throws SQLException {
        database.inTransaction(statements -> statements.first("pragma max_page_count = " + pages, row -> row.getLong(1)));
    }

    @Test
    void takesNothingNewAfterTheDiskFailed() throws Exception {
        var spooled = spool.acceptActive(Letters.ROUTE, letters.letter());
        assertThatThrownBy(() -> spool.committer().commit(statements -> {
            throw new SQLException("disk I/O error (fsync)", "", 10);
        }))
                .isInstanceOf(SpoolException.class);
        assertThatThrownBy(() -> spool.acceptActive(Letters.ROUTE, letters.letter()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("restart");
        spool.settle(spooled, spooled.recipients(), new QueueState.Ended(NOON));
        reopen();
        spool.acceptActive(Letters.ROUTE, letters.letter());
    }

    @Test
    void closesWithWhatWaitsWritten() throws Exception {
        Letters.defer(spool, letters.letter(), NOON);
        spool.close();
        assertThatThrownBy(() -> spool.acceptActive(Letters.ROUTE, letters.letter()))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void asksAnIndexForWhatIsDue() throws Exception {
        var plan = database.reading(statements -> statements.list(
                "explain query plan select due_at from queue where state = 'deferred' order by due_at, letter_id limit 1",
                row -> row.getString("detail")));
        assertThat(plan).singleElement().asString().contains("COVERING INDEX queue_due");
    }
}
