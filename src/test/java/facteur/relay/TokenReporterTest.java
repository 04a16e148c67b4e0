package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.Tokens;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.office.OfficeId;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenReporterTest {
    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private Database database;
    private Tokens tokens;
    private TokenReporter reporter;

    @BeforeEach
    void open() throws SQLException {
        database = MigratedDatabase.open(state);
        tokens = new Tokens(database, time, new SecureRandom());
        reporter = new TokenReporter(tokens, time, journal);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Tokens.Addition.Made add() throws SQLException {
        return (Tokens.Addition.Made) tokens.add(
                new NewToken("suite", Optional.of(new OfficeId("dupont")), Set.of(Scope.CARDS_READ), Optional.empty()), "jan");
    }

    @Test
    void journalsWhatWasMadeAndRevokedWithoutTheToken() throws SQLException {
        var made = add();
        reporter.run();
        var _ = tokens.revoke("suite", "an");
        reporter.run();
        reporter.run();
        var id = made.token().id().text();
        assertThat(journal.events()).containsExactly(
                new MailEvent.TokenMade(id, "suite", "dupont", List.of("cards:read"), made.token().until(), "jan"),
                new MailEvent.TokenRevoked(id, "suite", "dupont", "an"));
        assertThat(journal.events().toString()).doesNotContain(made.text().reveal());
    }

    @Test
    void writesUsesOnceAMinuteAndAtTheEnd() throws SQLException {
        var made = add();
        assertThat(tokens.authenticate(made.text().reveal())).isPresent();
        time.advance(Duration.ofSeconds(59));
        reporter.run();
        assertThat(tokens.list().getFirst().usedAt()).isEmpty();
        time.advance(Duration.ofSeconds(1));
        reporter.run();
        assertThat(tokens.list().getFirst().usedAt()).contains(TestTime.START);
        assertThat(tokens.authenticate(made.text().reveal())).isPresent();
        reporter.run();
        assertThat(tokens.list().getFirst().usedAt()).contains(TestTime.START);
        reporter.writeUses();
        assertThat(tokens.list().getFirst().usedAt()).contains(time.instant());
    }

    @Test
    void aDatabaseThatIsAwayStopsNothing() throws SQLException {
        var made = add();
        assertThat(tokens.authenticate(made.text().reveal())).isPresent();
        database.close();
        time.advance(Duration.ofMinutes(1));
        reporter.run();
        assertThat(journal.events()).isEmpty();
    }
}
