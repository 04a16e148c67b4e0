package facteur.spool;

import static facteur.spool.LetterKeyContract.key;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.mail.letter.Letter;
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
final class LetterKeyCleanerTest {
    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final Letters letters = new Letters();
    private boolean isSettled = true;
    private Duration window = Duration.ofHours(24);
    private StateFolder folder;
    private Database database;
    private SqlSpool spool;
    private LetterKeyCleaner cleaner;

    @BeforeEach
    void open() throws Exception {
        folder = StateFolder.open(state);
        database = MigratedDatabase.open(state);
        spool = SqlSpool.open(folder, database, 0, time, _ -> {});
        cleaner = new LetterKeyCleaner(spool, () -> window, time, () -> isSettled);
    }

    @AfterEach
    void close() {
        spool.close();
        database.close();
        folder.close();
    }

    private void accept(String name) throws SpoolException {
        var letter = letters.letter();
        spool.acceptActive(Letters.ROUTE, new Letter(
                letter.id(), time.instant(), letter.provenance(), letter.envelope(), letter.originalReversePath(), letter.message()), key(name, ""));
    }

    private List<String> kept() throws SQLException {
        cleaner.run();
        return database.reading(statements -> statements.list("select digest from letter_key order by made_at", row -> row.getString(1)));
    }

    @Test
    void forgetsNamesThatStandForNoLetterAnyMore() throws Exception {
        accept("old");
        time.advance(Duration.ofHours(23));
        accept("new");
        assertThat(kept()).containsExactly("old", "new");
        time.advance(Duration.ofMinutes(61));
        isSettled = false;
        assertThat(kept()).as("the clock may be wrong").containsExactly("old", "new");
        isSettled = true;
        assertThat(kept()).containsExactly("new");
        window = Duration.ZERO;
        time.advance(Duration.ofMillis(1));
        assertThat(kept()).as("switched off").isEmpty();
    }

    @Test
    void forgetsWhatAClockThatWasFarAheadHasLeft() throws Exception {
        time.advance(Duration.ofDays(400));
        accept("ahead");
        time.advance(Duration.ofDays(-400));
        accept("now");
        assertThat(kept()).containsExactly("now");
    }

    @Test
    void goesThroughAllOfThem() throws Exception {
        accept("new");
        database.inTransaction(statements -> {
            for (var i = 0; i < SpoolUpkeep.NAMES + 500; i++) {
                statements.update("insert into letter_key (hash, digest, content, letters, made_at) values (?, '', '', 'a', 5)", (i - 1000L) << 32);
            }
            return "";
        });
        assertThat(kept()).containsExactly("new");
        accept("newer");
        time.advance(window);
        assertThat(kept()).as("from the start again").containsExactly("new", "newer");
        time.advance(Duration.ofMillis(1));
        assertThat(kept()).isEmpty();
    }
}
