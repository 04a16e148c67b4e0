package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.AccessCleaner;
import facteur.access.Grant;
import facteur.access.NewPerson;
import facteur.access.PersonChanges;
import facteur.access.Persons;
import facteur.access.SessionLimits;
import facteur.access.Tickets;
import facteur.fixture.CountingDerivation;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.login.Derivations;
import facteur.office.OfficeId;
import facteur.platform.clock.ClockTrust;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PersonReporterTest {
    @TempDir
    private Path state;

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final Derivations derivations = new Derivations(new CountingDerivation());
    private Database database;
    private Persons persons;

    @BeforeEach
    void open() throws SQLException {
        database = MigratedDatabase.open(state);
        persons = new Persons(database, derivations, time, time, new SecureRandom());
    }

    @AfterEach
    void close() {
        derivations.close();
        database.close();
    }

    private PersonReporter reporter(ClockTrust trust) {
        return new PersonReporter(new PersonChanges(database), new AccessCleaner(database, time, () -> SessionLimits.STANDARD), time, trust, journal);
    }

    private Tickets.Made add() throws SQLException {
        var wanted = new NewPerson("jan", "", Optional.empty(), List.of(Grant.admin(new OfficeId("dupont"))));
        return ((Persons.Addition.Made) persons.add(wanted, "root")).link();
    }

    private int tickets() throws SQLException {
        return database.<Integer>reading(statements -> statements.first("select count(*) from ticket", row -> row.getInt(1)).orElseThrow());
    }

    @Test
    void journalsWhoWasMadeDisabledAndEnabledWithoutTheLink() throws SQLException {
        var reporter = reporter(ClockTrust.ALWAYS);
        var link = add();
        reporter.run();
        var _ = persons.disable("jan", "an");
        reporter.run();
        var _ = persons.enable("jan");
        reporter.run();
        reporter.run();
        assertThat(journal.events()).containsExactly(
                new MailEvent.PersonMade("jan", List.of("dupont:admin"), "root"),
                new MailEvent.PersonDisabled("jan", "an"),
                new MailEvent.PersonEnabled("jan"));
        assertThat(journal.events().toString()).doesNotContain(link.text());
    }

    @Test
    void removesWhatHasEndedEveryTenMinutesWhileTheClockIsTrusted() throws SQLException {
        var trusting = reporter(ClockTrust.ALWAYS);
        var doubting = reporter(() -> false);
        var _ = add();
        time.advance(Duration.ofMinutes(9));
        trusting.run();
        time.advance(Duration.ofHours(1));
        doubting.run();
        assertThat(tickets()).isEqualTo(1);
        trusting.run();
        assertThat(tickets()).isZero();
    }

    @Test
    void aDatabaseThatIsAwayStopsNothing() throws SQLException {
        var reporter = reporter(ClockTrust.ALWAYS);
        var _ = add();
        database.close();
        reporter.run();
        assertThat(journal.events()).isEmpty();
    }
}
