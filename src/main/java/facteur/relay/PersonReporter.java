package facteur.relay;

import facteur.access.AccessCleaner;
import facteur.access.Grant;
import facteur.access.Person;
import facteur.access.PersonChanges;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.clock.ClockTrust;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Journals the persons of the console who were made, disabled and enabled, on any node or by a command while none ran, and removes
/// every few minutes what has ended of sessions and links; to be run every second. Thread-safe.
final class PersonReporter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PersonReporter.class);
    private static final int BATCH = 100;
    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(10);

    private final PersonChanges persons;
    private final AccessCleaner cleaner;
    private final InstantSource steady;
    private final ClockTrust trust;
    private final Journal journal;
    private final AtomicReference<Instant> cleanedAt;

    /// @param steady never goes back
    /// @param trust while there is none, nothing is removed
    PersonReporter(PersonChanges persons, AccessCleaner cleaner, InstantSource steady, ClockTrust trust, Journal journal) {
        this.persons = persons;
        this.cleaner = cleaner;
        this.steady = steady;
        this.trust = trust;
        this.journal = journal;
        cleanedAt = new AtomicReference<>(steady.instant());
    }

    static PersonReporter of(StartupParts base, CurrentConfig current) {
        var clocks = base.clocks();
        var cleaner = new AccessCleaner(base.database(), clocks.wall(), () -> ConsoleParts.limits(current.get().console().pages()));
        return new PersonReporter(new PersonChanges(base.database()), cleaner, clocks.steady()::instant, clocks.trust(), base.journal());
    }

    @Override
    public void run() {
        try {
            persons.tell(BATCH).forEach(change -> journal.record(event(change)));
            var now = steady.instant();
            if (!now.isBefore(cleanedAt.get().plus(BETWEEN_CLEANINGS)) && trust.isSettled()) {
                cleanedAt.set(now);
                var _ = cleaner.clean();
            }
        } catch (SQLException notNow) {
            LOG.debug("persons are journalled, and sessions removed, later: {}", notNow.getMessage());
        }
    }

    private static MailEvent event(PersonChanges.Change change) {
        var person = change.person();
        return switch (change) {
            case PersonChanges.Change.Made _ -> new MailEvent.PersonMade(
                    person.login(), person.rights().grants().stream().map(Grant::toString).toList(), person.madeBy());
            case PersonChanges.Change.Disabled _ -> new MailEvent.PersonDisabled(
                    person.login(), person.disabling().map(Person.Disabling::by).orElse(""));
            case PersonChanges.Change.Enabled _ -> new MailEvent.PersonEnabled(person.login());
        };
    }
}
