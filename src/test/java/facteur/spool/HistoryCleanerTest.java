package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.letter.QueueId;
import facteur.mail.message.MemoryBody;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class HistoryCleanerTest {
    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final Letters letters = new Letters();
    private boolean isSettled = true;
    private StateFolder folder;
    private Database database;
    private SqlSpool spool;
    private HistoryCleaner history;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(state);
        database = MigratedDatabase.open(state);
        spool = SqlSpool.open(folder, database, 0, time, journal);
        history = new HistoryCleaner(spool, () -> Duration.ofDays(30), time, () -> isSettled, journal);
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    private QueueId ended(String... recipients) throws SpoolException {
        var letter = spool.acceptActive(Letters.ROUTE, letters.letter(new MemoryBody(new byte[9]), recipients));
        var attempt = new Attempt(1, 0, time.instant(), "smarthost", "", "end-of-data", Attempt.Result.RELAYED, "250 2.0.0 ok");
        spool.settle(letter, letter.recipients(), List.of(attempt), new QueueState.Ended(time.instant()));
        return letter.id();
    }

    private long count(String table) throws SQLException {
        return database.reading(statements -> statements.first("select count(*) from " + table, row -> row.getLong(1)))
                .orElseThrow();
    }

    @Test
    void forgetsALetterWhenItsTimeHasCome() throws Exception {
        ended("an@client.example", "bo@client.example");
        time.advance(Duration.ofDays(29));
        var younger = ended("an@client.example");
        history.run();
        assertThat(count("letter")).isEqualTo(2);
        time.advance(Duration.ofDays(1).plusMillis(1));
        history.run();
        assertThat(database.<List<String>>reading(statements -> statements.list("select id from letter", row -> row.getString(1))))
                .containsExactly(younger.text());
        assertThat(count("recipient")).isEqualTo(1);
        assertThat(count("attempt")).isEqualTo(1);
    }

    /// Its letters may be of today.
    @Test
    void forgetsNothingWhileTheClockIsNotToBeBelieved() throws Exception {
        ended("an@client.example");
        time.advance(Duration.ofDays(31));
        isSettled = false;
        history.run();
        assertThat(count("letter")).isEqualTo(1);
        isSettled = true;
        history.run();
        assertThat(count("letter")).isZero();
    }

    @Test
    void neverForgetsALetterThatWaits() throws Exception {
        Letters.defer(spool, letters.letter(), time.instant());
        var held = spool.acceptActive(Letters.ROUTE, letters.letter());
        spool.settle(held, held.recipients(), new QueueState.Held("asked for"));
        time.advance(Duration.ofDays(900));
        history.run();
        assertThat(count("letter")).isEqualTo(2);
    }

    @Test
    void goesByStepsWhichOthersCanComeBetween() throws Exception {
        var many = new String[HistoryRows.STEP / 2];
        for (var i = 0; i < many.length; i++) {
            many[i] = "client" + i + "@x.example";
        }
        for (var i = 0; i < 5; i++) {
            ended(many);
        }
        time.advance(Duration.ofDays(31));
        assertThat(count("letter")).isEqualTo(5);
        var before = spool.commits();
        history.run();
        assertThat(count("letter")).isZero();
        // One letter a step, since two have too many recipients; then one look whether the file has room to give back.
        assertThat(spool.commits() - before).isEqualTo(6);
    }

    @Test
    void letsLettersInMeanwhile() throws Exception {
        for (var i = 0; i < HistoryRows.STEP; i++) {
            ended("an@client.example");
        }
        time.advance(Duration.ofDays(31));
        var clearing = Thread.ofVirtual().start(history);
        var accepted = 0;
        while (clearing.isAlive() || accepted < 20) {
            Letters.defer(spool, letters.letter(), time.instant());
            accepted++;
        }
        assertThat(count("letter")).isEqualTo(accepted);
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void givesFreeRoomBack() throws Exception {
        var large = spool.acceptActive(Letters.ROUTE, letters.letter(new byte[24 << 20]));
        spool.settle(large, large.recipients(), new QueueState.Ended(time.instant()));
        var before = pages();
        assertThat(before).isGreaterThan(6_000);
        history.run();
        assertThat(pages()).isBetween(4_000L, 4_200L);
    }

    private long pages() throws SQLException {
        return database.reading(statements -> statements.first("pragma page_count", row -> row.getLong(1))).orElseThrow();
    }

    @Test
    void saysThatTheSpoolCannotBeWritten() {
        spool.close();
        history.run();
        assertThat(journal.events(MailEvent.SpoolTrouble.class)).hasSize(1);
    }
}
