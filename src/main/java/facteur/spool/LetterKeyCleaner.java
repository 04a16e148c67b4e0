package facteur.spool;

import facteur.platform.clock.ClockTrust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets names of letters that no longer stand for one, each time it is run: once a minute. It takes small steps, as
/// [HistoryCleaner] does. For one thread; an interrupt ends it after a step.
public final class LetterKeyCleaner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterKeyCleaner.class);

    private final SpoolUpkeep upkeep;
    private final Supplier<Duration> window;
    private final InstantSource time;
    private final ClockTrust trust;

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
            while (trust.isSettled() && !Thread.currentThread().isInterrupted()) {
                if (!upkeep.purgeKeys(now, window.get())) {
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
