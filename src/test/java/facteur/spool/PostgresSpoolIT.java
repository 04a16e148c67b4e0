package facteur.spool;

import static facteur.spool.Letters.NOON;
import static facteur.spool.Letters.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.PostgresExtension;
import facteur.platform.clock.ClockTrust;
import facteur.platform.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The spool on a real PostgreSQL; each test in a schema of its own.
final class PostgresSpoolIT extends SpoolContract {
    @RegisterExtension
    static final PostgresExtension POSTGRES = PostgresExtension.migrated();

    @TempDir
    private Path temp;

    private StateFolder folder;
    private Database database;
    private SqlSpool spool;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(temp.resolve("state"));
        database = POSTGRES.settings().open();
        spool = SqlSpool.open(folder, database, 0, () -> NOON, event -> {});
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    private void reopen() throws Exception {
        close();
        open();
    }

    @Override
    Spool spool() {
        return spool;
    }

    private Object row(String select) throws SQLException {
        return database.reading(statements -> statements.first(select, row -> row.getObject(1)).orElse("no row"));
    }

    private long copies() throws IOException {
        try (var files = Files.list(folder.path().resolve("incoming"))) {
            return files.count();
        }
    }

    @Test
    void commitsToTheDisk() throws Exception {
        assertThat(database.doubt()).isEmpty();
        assertThat(row("show synchronous_commit")).isEqualTo("on");
        assertThat(row("show lock_timeout")).isEqualTo("5s");
        assertThat(row("show statement_timeout")).isEqualTo("0");
    }

    @Test
    void forgetsNamesThatStandForNoLetterAnyMore() throws Exception {
        spool.acceptActive(Letters.ROUTE, letters.letter(), key("k1", ""));
        new LetterKeyCleaner(spool, () -> WINDOW, () -> NOON.plus(WINDOW), ClockTrust.ALWAYS).run();
        assertThat(row("select count(*) from letter_key")).isEqualTo(1L);
        new LetterKeyCleaner(spool, () -> WINDOW, () -> NOON.plus(WINDOW).plusMillis(1), ClockTrust.ALWAYS).run();
        assertThat(row("select count(*) from letter_key")).isEqualTo(0L);
        assertThat(NamelessApps.find(database, NOON, WINDOW)).isEmpty();
    }

    @Test
    void letsReadersWriteNothing() {
        assertThatThrownBy(() -> database.reading(statements -> statements.update("delete from queue")))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void findsDeferredAndActiveLettersAfterARestart() throws Exception {
        var active = spool.acceptActive(Letters.ROUTE, letters.letter());
        var deferred = letters.letter(Letters.inFile(spool, Letters.random(300_000)), "an@client.example");
        Letters.defer(spool, deferred, NOON.minusSeconds(1));
        reopen();
        var due = (ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 9);
        assertThat(ids(due)).containsExactly(deferred.id(), active.id());
        assertThat(Letters.octets(due.letters().getFirst().letter())).endsWith(Letters.random(300_000));
    }

    @Test
    void takesBackWhatACrashedRunOfThisNodeHadLeased() throws Exception {
        var old = spool.acceptActive(Letters.ROUTE, letters.letter());
        POSTGRES.server().run("update " + POSTGRES.schema() + ".node set owner = owner || '-crashed'");
        POSTGRES.server().run("update " + POSTGRES.schema() + ".queue set lease_owner = lease_owner || '-crashed'");
        reopen();
        assertThat(ids(spool.due(Letters.ROUTE, NOON, 9))).containsExactly(old.id());
        spool.settle(old, old.recipients(), new QueueState.Ended(NOON));
        assertThat(POSTGRES.server().count("select count(*) from " + POSTGRES.schema() + ".queue")).isEqualTo(1);
    }

    @Test
    void keepsLargeBodiesInPartsOfAMegabyte() throws Exception {
        var octets = Letters.random((5 << 19) + 1);
        Letters.defer(spool, letters.letter(Letters.inFile(spool, octets), "an@client.example"), NOON);
        assertThat(copies()).isZero();
        assertThat(row("select string_agg(length(octets)::text, ' ' order by position) from body_part"))
                .isEqualTo("1048576 1048576 524289");
        var spooled = ((ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 1)).letters().getFirst();
        assertThat(Letters.octets(spooled.letter())).endsWith(octets);
        spool.settle(spooled, spooled.recipients(), new QueueState.Deferred(NOON));
        assertThat(copies()).isZero();
        var again = ((ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 1)).letters().getFirst();
        assertThat(copies()).isEqualTo(1);
        spool.settle(again, again.recipients(), new QueueState.Ended(NOON));
        assertThat(copies()).isZero();
        assertThat(row("select count(*) from body_part")).isEqualTo(0L);
    }

    @Test
    void sweepsCopiesAtStart() throws Exception {
        spool.acceptActive(Letters.ROUTE, letters.letter(Letters.inFile(spool, new byte[99]), "an@client.example"));
        assertThat(copies()).isEqualTo(1);
        reopen();
        assertThat(copies()).isZero();
    }

    @Test
    void setsALetterAsideThatIsDamagedWhileOthersFlow() throws Exception {
        for (var damage : List.of(
                "update letter set reverse_path = '<' where id = ?",
                "update content set header = 'no header' where letter_id = ?",
                "delete from body_part where letter_id = ?",
                "update body_part set octets = substr(octets, 2) where letter_id = ?",
                "update recipient set address = 'nobody' where letter_id = ?",
                "delete from content where letter_id = ?")) {
            var letter = letters.letter(Letters.inFile(spool, new byte[99]), "an@client.example");
            Letters.defer(spool, letter, NOON.minusSeconds(1));
            database.inTransaction(statements -> statements.update(damage, letter.id().text()));
        }
        var sound = letters.letter();
        Letters.defer(spool, sound, NOON);
        var due = (ClaimedWork.Now) spool.due(Letters.ROUTE, NOON, 7);
        assertThat(due.corrupt()).hasSize(6);
        assertThat(ids(due)).containsExactly(sound.id());
        assertThat(row("select count(*) from queue where state = 'hold' and hold_reason like 'corrupt: %'")).isEqualTo(6L);
        assertThat(copies()).isZero();
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws Exception {
        POSTGRES.server().run("insert into " + POSTGRES.schema() + ".schema_history (installed_rank, version, description, type, script, checksum,"
                + " installed_by, execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, true)");
        assertThatThrownBy(() -> POSTGRES.settings().open()).isInstanceOf(SQLException.class).hasMessageContaining("version");
    }
}
