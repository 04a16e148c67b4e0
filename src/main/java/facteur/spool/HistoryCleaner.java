package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.clock.ClockTrust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets letters that ended long ago, each time it is run: once a minute. It takes small steps, each a piece of work
/// among others in the [Committer], so that a new letter waits for one of them at most. For one thread; an interrupt ends it
/// after a step.
public final class HistoryCleaner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryCleaner.class);

    private final SpoolUpkeep upkeep;
    private final Supplier<Duration> keep;
    private final InstantSource time;
    private final ClockTrust trust;
    private final Journal journal;

    /// @param keep how long a letter is remembered after its end; asked for at each run
    /// @param trust while there is none, nothing is forgotten
    public HistoryCleaner(SqlSpool spool, Supplier<Duration> keep, InstantSource time, ClockTrust trust, Journal journal) {
        this.upkeep = spool.upkeep();
        this.keep = keep;
        this.time = time;
        this.trust = trust;
        this.journal = journal;
    }

    @Override
    public void run() {
        try {
            var endedBefore = time.instant().minus(keep.get());
            var isSettled = trust.isSettled();
            while (!Thread.currentThread().isInterrupted()) {
                if ((!isSettled || upkeep.purge(endedBefore) == 0) && !upkeep.shrink()) {
                    if (isSettled) {
                        upkeep.purgeOrphans(endedBefore);
                    }
                    return;
                }
            }
        } catch (SpoolException e) {
            if (e.remedy() == SpoolException.Remedy.PATIENCE) {
                return;
            }
            journal.record(new MailEvent.SpoolTrouble("can't clear history: " + e.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("clearing history", bug); // The next run may do better; a throw would be the last one.
        }
    }
}
