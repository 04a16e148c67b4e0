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

/// Journals what operators have changed; to be run every second. Their commands run in processes of their own, perhaps while
/// no daemon runs, and leave in the database what they did. Thread-safe.
final class ActReporter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ActReporter.class);
    private static final int BATCH = 100;
    private static final Duration BETWEEN_PURGES = Duration.ofHours(1);

    private final Acts acts;
    private final Supplier<Duration> keep;
    private final InstantSource time;
    private final ClockTrust trust;
    private final Journal journal;
    private long runs;

    /// @param keep how long an act is stored; read at each run
    /// @param trust while there is none, no act is removed
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
            acts.tell(BATCH).forEach(this::journal);
            var before = time.instant().minus(keep.get());
            if (runs++ % BETWEEN_PURGES.toSeconds() == 0 && trust.isSettled()) {
                var _ = acts.purge(before);
            }
        } catch (SQLException notNow) {
            LOG.debug("acts are journalled later: {}", notNow.getMessage());
        }
    }

    /// Records a command that came by the admin port. It is journalled even when the database fails.
    void record(String operator, String command) {
        try {
            acts.record(operator, command);
        } catch (SQLException notStored) {
            LOG.debug("an act is journalled, but not stored: {}", notStored.getMessage());
            journal(new Act(time.instant(), operator, command, 0, List.of()));
        }
    }

    private void journal(Act act) {
        journal.record(new MailEvent.Acted(act.at(), act.operator(), act.command(), act.letters(), act.ids()));
    }
}
