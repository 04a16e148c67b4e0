package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.mail.letter.QueueId;
import facteur.mail.returned.Action;
import facteur.mail.smtp.Address;
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
final class BadAddressCleanerTest {
    private static final Duration KEEP = Duration.ofDays(30);

    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private boolean isSettled = true;
    private StateFolder folder;
    private Database database;
    private SqlSpool spool;
    private BadAddressCleaner cleaner;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(state);
        database = MigratedDatabase.open(state);
        spool = SqlSpool.open(folder, database, 0, time, _ -> {});
        cleaner = new BadAddressCleaner(spool, () -> KEEP, time, () -> isSettled);
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    private void comesBack(String office, String address) throws SQLException {
        var said = new NewReturn.Status(0, address, Action.FAILED, "5.1.1", "550 5.1.1 no such user", "mx", true);
        database.inTransaction(statements -> {
            BadAddressRows.add(statements, office, Address.of(address), said, new QueueId("01m8468qb1dasymv"), time.instant());
            return "";
        });
    }

    private List<String> kept() throws SQLException {
        cleaner.run();
        return database.reading(
                statements -> statements.list("select office || ' ' || address from bad_address order by office, address", row -> row.getString(1)));
    }

    @Test
    void anAddressEndsSoLongAfterTheLastThatCameBack() throws Exception {
        comesBack("dupont", "an@client.example");
        comesBack("dupont", "bo@client.example");
        time.advance(Duration.ofDays(20));
        comesBack("dupont", "bo@client.example");
        comesBack("durand", "an@client.example");
        time.advance(Duration.ofDays(10));
        assertThat(kept()).containsExactly("dupont an@client.example", "dupont bo@client.example", "durand an@client.example");
        time.advance(Duration.ofMillis(1));
        isSettled = false;
        assertThat(kept()).as("the clock may be wrong").hasSize(3);
        isSettled = true;
        assertThat(kept()).containsExactly("dupont bo@client.example", "durand an@client.example");
        time.advance(Duration.ofDays(20));
        assertThat(kept()).isEmpty();
    }

    @Test
    void alsoThatOfAClockThatWasFarAhead() throws Exception {
        time.advance(Duration.ofDays(400));
        comesBack("dupont", "ahead@client.example");
        time.advance(Duration.ofDays(-400));
        comesBack("dupont", "an@client.example");
        assertThat(kept()).containsExactly("dupont an@client.example");
    }

    /// The last that came back isn't lost to a cleaner that has read before.
    @Test
    void anAddressOfWhichMoreCameBackStays() throws Exception {
        comesBack("dupont", "an@client.example");
        var read = database.reading(statements -> BadAddressRows.stretch(statements, BadAddressRows.Row.FIRST, 9));
        time.advance(KEEP);
        comesBack("dupont", "an@client.example");
        int deleted = database.inTransaction(statements -> BadAddressRows.delete(statements, read));
        assertThat(deleted).isZero();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void goesThroughAllOfThemInSmallSteps() throws Exception {
        database.inTransaction(statements -> {
            for (var i = 0; i < 20 * SpoolUpkeep.ADDRESSES + 500; i++) {
                statements.update(
                        "insert into bad_address (office, address, since, last_at, count, status, diagnostic, letter_id) values (?, ?, 5, 5, 1, '', '', '')",
                        "office-" + i % 7, "a" + i + "@client.example");
            }
            return "";
        });
        assertThat(kept()).as("the rest of the first run").hasSize(500);
        assertThat(kept()).isEmpty();
        comesBack("dupont", "an@client.example");
        time.advance(KEEP.plusMillis(1));
        assertThat(kept()).as("from the start again").isEmpty();
    }
}
