package facteur.spool;

import facteur.platform.clock.ClockTrust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets names of letters that no longer stand for one, each time it is run: once a minute. Names have no order in time, since an index
/// would cost each letter more than this; so it goes through all of them, a part at each run, in small steps as [HistoryCleaner]. Of a million names
/// each is looked at every half hour. For one thread; an interrupt ends it after a step.
public final class LetterKeyCleaner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterKeyCleaner.class);

    private static final int STEPS = 20;

    private final SpoolUpkeep upkeep;
    private final Supplier<Duration> window;
    private final InstantSource time;
    private final ClockTrust trust;
    private long after = Long.MIN_VALUE;

    /// @param window for how long a name stands for its letter; asked for at each run. Zero: nothing is kept
    /// @param trust while there is none, nothing is forgotten
    public LetterKeyCleaner(SqlSpool spool, Supplier<Duration> window, InstantSource time, ClockTrust trust) {
        this.upkeep = spool.upkeep();
        this.window = window;
        this.time = time;
        this.trust = trust;
    }

    @Override
    public void run() {
        try {
            var now = time.instant();
            for (var step = 0; step < STEPS && trust.isSettled() && !Thread.currentThread().isInterrupted(); step++) {
                var next = upkeep.purgeKeys(after, now, window.get());
                after = next.orElse(Long.MIN_VALUE);
                if (next.isEmpty()) {
                    return;
                }
            }
        } catch (SpoolException e) {
            // The history's cleaner meets the same database, and reports it.
            LOG.debug("names of letters can't be cleared now: {}", e.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("clearing names of letters", bug); // The next run may do better; a throw would be the last one.
        }
    }
}
