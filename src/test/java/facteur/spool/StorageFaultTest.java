package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import facteur.fixture.MigratedDatabase;
import facteur.mail.letter.QueueId;
import facteur.mail.message.FileBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks and databases that fail, as far as the kernel and SQLite itself can be made to say so.
final class StorageFaultTest {
    /// Of a letter whose header alone takes several.
    private static final int MOST_PAGES = 24;

    @TempDir
    private Path temp;

    private final Letters letters = new Letters();
    private OpenSpool open;

    @BeforeEach
    void open() throws Exception {
        var folder = StateFolder.open(temp);
        var database = MigratedDatabase.open(temp);
        open = new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, () -> NOON, event -> {}));
    }

    @AfterEach
    void close() {
        open.close();
    }

    /// From no page up to more than enough, so that the disk is full at each step of the transaction in turn.
    @Test
    void keepsALetterWholeOrNotAtAllWhereverTheDiskIsFull() throws Exception {
        var kept = new ArrayList<QueueId>();
        var refused = 0;
        for (var pages = 0; pages <= MOST_PAGES; pages++) {
            limitPages(number("pragma page_count") + pages);
            var small = letters.letter(Letters.random(40_000));
            var large = letters.letter(Letters.inFile(open.spool(), Letters.random(300_000)), "an@client.example");
            for (var letter : List.of(small, large)) {
                try {
                    open.spool().acceptWaiting(Map.of(Letters.ROUTE, letter));
                    kept.add(letter.id());
                } catch (SpoolException full) {
                    assertThat(full).hasMessageContaining("full").extracting(SpoolException::remedy).isEqualTo(SpoolException.Remedy.STORAGE);
                    refused++;
                }
            }
        }
        assertThat(kept).hasSizeGreaterThan(2);
        assertThat(refused).isGreaterThan(2);
        limitPages(1_000_000);
        assertThat(open.spool().refusal()).isEmpty();
        var last = letters.letter();
        open.spool().acceptWaiting(Map.of(Letters.ROUTE, last));
        kept.add(last.id());

        assertThat(number("select count(*) from letter")).isEqualTo(kept.size());
        assertThat(number("select count(*) from recipient")).isEqualTo(kept.size());
        assertThat(number("select count(*) from content")).isEqualTo(kept.size());
        assertThat(bodyFiles()).isEqualTo(number("select count(*) from content where body is null"));
        assertThat(text("pragma integrity_check")).isEqualTo("ok");
        assertThat(ids(open.spool().due(Letters.ROUTE, NOON, 1000))).containsExactlyInAnyOrderElementsOf(kept);
    }

    /// A device that refuses fsync.
    @Test
    void takesNothingMoreWhenABodyCannotBeFsynced() throws Exception {
        var kept = letters.letter();
        open.spool().acceptWaiting(Map.of(Letters.ROUTE, kept));
        var file = Files.createSymbolicLink(temp.resolve("incoming/device.body"), Path.of("/dev/null"));
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter(new FileBody(file, 1), "an@client.example")))
                .isInstanceOf(SpoolException.class);
        assertThat(open.spool().refusal().orElseThrow()).contains("until restarted");
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter()))
                .hasMessageContaining("until restarted")
                .asInstanceOf(type(SpoolException.class))
                .extracting(SpoolException::remedy)
                .isEqualTo(SpoolException.Remedy.STORAGE);
        // What it has goes on.
        var due = (ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9);
        assertThat(ids(due)).containsExactly(kept.id());
        open.spool().settle(due.letters().getFirst(), due.letters().getFirst().recipients(), new QueueState.Ended(NOON));
        close();
        open();
        open.spool().acceptActive(Letters.ROUTE, letters.letter());
        assertThat(bodyFiles()).isZero();
    }

    /// The way to the body leads nowhere: the kernel says neither that it is gone nor how long it is.
    @Test
    void saysNothingOfALetterWhoseBodyCannotBeLookedAt() throws Exception {
        var hidden = letters.letter(Letters.inFile(open.spool(), Letters.random(99)), "an@client.example");
        var other = letters.letter();
        Letters.defer(open.spool(), hidden, NOON.minusSeconds(1));
        Letters.defer(open.spool(), other, NOON);
        var folder = open.folder().bodyFile(hidden.id()).getParent();
        var elsewhere = Files.move(folder, temp.resolve("elsewhere"));
        Files.createSymbolicLink(folder, folder);
        var due = (ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9);
        assertThat(ids(due)).containsExactly(other.id());
        assertThat(due.corrupt()).isEmpty();
        Files.delete(folder);
        Files.move(elsewhere, folder);
        assertThat(open.spool().due(Letters.ROUTE, NOON, 9)).isEqualTo(new ClaimedWork.At(NOON.plusSeconds(60)));
        assertThat(ids(open.spool().due(Letters.ROUTE, NOON.plusSeconds(60), 9))).containsExactly(hidden.id());
    }

    @Test
    void losesNothingOnADiskThatBecameReadOnly() throws Exception {
        var spooled = open.spool().acceptActive(Letters.ROUTE, letters.letter(Letters.inFile(open.spool(), Letters.random(99)), "an@client.example"));
        var waits = open.spool().acceptActive(Letters.ROUTE, letters.letter(Letters.inFile(open.spool(), Letters.random(98)), "an@client.example"));
        open.database().inTransaction(statements -> statements.update("pragma query_only = on"));
        assertThatThrownBy(() -> open.spool().settle(spooled, spooled.recipients(), new QueueState.Ended(NOON)))
                .isInstanceOf(SpoolException.class)
                .hasMessageContaining("readonly");
        var arrived = Letters.inFile(open.spool(), new byte[9]);
        assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter(arrived, "an@client.example")))
                .isInstanceOf(SpoolException.class);
        assertThat(open.spool().refusal().orElseThrow()).contains("readonly");
        assertThat(bodyFiles()).isEqualTo(2);
        close();
        open();
        // What became of the first was kept beside the database.
        var again = ((ClaimedWork.Now) open.spool().due(Letters.ROUTE, NOON, 9)).letters();
        assertThat(again).extracting(LeasedLetter::id).containsExactly(waits.id());
        assertThat(Letters.octets(again.getFirst().letter())).endsWith(Letters.random(98));
        assertThat(bodyFiles()).isEqualTo(1);
        assertThat(temp.resolve("unsettled")).doesNotExist();
    }

    @Test
    void goesOnByItselfWhenTheDiskMayBeWrittenAgain() throws Exception {
        var spooled = open.spool().acceptActive(Letters.ROUTE, letters.letter());
        // Kept, since no transaction begins any more; both are prepared here, so that later nothing is but run.
        var writer = open.database().inTransaction(statements -> {
            statements.update("pragma query_only = off");
            statements.update("pragma query_only = on");
            return statements;
        });
        assertThatThrownBy(() -> open.spool().acceptWaiting(Map.of(Letters.ROUTE, letters.letter())))
                .asInstanceOf(type(SpoolException.class))
                .extracting(SpoolException::remedy)
                .isEqualTo(SpoolException.Remedy.STORAGE);
        assertThat(open.spool().refusal().orElseThrow()).contains("readonly");
        writer.update("pragma query_only = off");
        // No letter comes: a question about its state makes it look.
        await().until(() -> open.spool().refusal().isEmpty());
        open.spool().settle(spooled, spooled.recipients(), new QueueState.Ended(NOON));
        open.spool().acceptActive(Letters.ROUTE, letters.letter());
        assertThat(number("select count(*) from letter")).isEqualTo(2);
    }

    @Test
    void asksToComeAgainWhileTheDatabaseIsLocked() throws Exception {
        var spooled = open.spool().acceptActive(Letters.ROUTE, letters.letter());
        setWriter("busy_timeout = 1");
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("facteur.db"));
                var statement = other.createStatement()) {
            statement.execute("begin immediate");
            var arrived = Letters.inFile(open.spool(), new byte[9]);
            assertThatThrownBy(() -> open.spool().acceptActive(Letters.ROUTE, letters.letter(arrived, "an@client.example")))
                    .asInstanceOf(type(SpoolException.class))
                    .extracting(SpoolException::remedy)
                    .isEqualTo(SpoolException.Remedy.PATIENCE);
            assertThatThrownBy(() -> open.spool().settle(spooled, spooled.recipients(), new QueueState.Ended(NOON)))
                    .isInstanceOf(SpoolException.class);
            assertThat(open.spool().refusal()).isPresent();
            assertThat(bodyFiles()).isZero();
            statement.execute("rollback");
        }
        open.spool().settle(spooled, spooled.recipients(), new QueueState.Ended(NOON));
        assertThat(open.spool().refusal()).isEmpty();
        assertThat(number("select count(*) from queue")).isZero();
    }

    /// A smaller file is a full disk to SQLite.
    private void limitPages(long pages) throws SQLException {
        setWriter("max_page_count = " + pages);
    }

    private void setWriter(String pragma) throws SQLException {
        open.database().inTransaction(statements -> statements.first("pragma " + pragma, row -> row.getLong(1)));
    }

    private long number(String select) throws SQLException {
        return open.database().reading(statements -> statements.first(select, row -> row.getLong(1))).orElseThrow();
    }

    private String text(String select) throws SQLException {
        return open.database().reading(statements -> statements.first(select, row -> row.getString(1))).orElseThrow();
    }

    private long bodyFiles() throws IOException {
        try (var files = Files.walk(temp.resolve("spool"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
