package facteur.relay;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.clock.ClockTrust;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the journal what operators have changed, each time it is run: once a second. What their commands did in processes of
/// their own is in the database; so is what they did while no daemon ran. Thread-safe.
final class ActReporter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ActReporter.class);
    private static final int FEW = 100;
    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

    private final Acts acts;
    private final Supplier<Duration> keep;
    private final InstantSource time;
    private final ClockTrust trust;
    private final Journal journal;
    private long runs;

    /// @param keep how long an act is remembered; asked for each time
    /// @param trust while there is none, none is forgotten
    ActReporter(Acts acts, Supplier<Duration> keep, InstantSource time, ClockTrust trust, Journal journal) {
        this.acts = acts;
        this.keep = keep;
        this.time = time;
        this.trust = trust;
        this.journal = journal;
    }

    @Override
    public void run() {
        try {
            acts.tell(FEW).forEach(this::tell);
            var before = time.instant().minus(keep.get());
            if (runs++ % BETWEEN_PURGES.toSeconds() == 0 && trust.isSettled()) {
                var _ = acts.purge(before);
            }
        } catch (SQLException notNow) {
            LOG.debug("acts are told later: {}", notNow.getMessage());
        }
    }

    /// Of a command that came by the admin port. It is in the journal whatever the database does.
    void record(String operator, String command) {
        try {
            acts.record(operator, command);
        } catch (SQLException notKept) {
            LOG.debug("an act is told, but not kept: {}", notKept.getMessage());
            tell(new Act(time.instant(), operator, command, 0, List.of()));
        }
    }

    private void tell(Act act) {
        journal.record(new MailEvent.Acted(act.at(), act.operator(), act.command(), act.letters(), act.ids()));
    }
}
