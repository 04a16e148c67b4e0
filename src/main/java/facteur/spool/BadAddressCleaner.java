package facteur.spool;

import facteur.platform.clock.ClockTrust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes addresses off the lists of those that don't work once nothing has come back of them for as long as letters are remembered,
/// each time it is run: once a minute. Mailboxes are made again, and a list that refuses letters hears no more of an address; the next
/// letter there finds out. It goes through all of them, a part at each run, in small steps as [HistoryCleaner]. For one thread; an
/// interrupt ends it after a step.
public final class BadAddressCleaner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BadAddressCleaner.class);

    private static final int STEPS = 20;

    private final SpoolUpkeep upkeep;
    private final Supplier<Duration> keep;
    private final InstantSource time;
    private final ClockTrust trust;
    private BadAddressRows.Row after = BadAddressRows.Row.FIRST;

    /// @param keep how long an address stays after the last letter that came back; asked for at each run
    /// @param trust while there is none, nothing is taken off
    public BadAddressCleaner(SqlSpool spool, Supplier<Duration> keep, InstantSource time, ClockTrust trust) {
        this.upkeep = spool.upkeep();
        this.keep = keep;
        this.time = time;
        this.trust = trust;
    }

    @Override
    public void run() {
        try {
            var now = time.instant();
            var age = keep.get();
            for (var step = 0; step < STEPS && trust.isSettled() && !Thread.currentThread().isInterrupted(); step++) {
                var next = upkeep.purgeBadAddresses(after, now.minus(age), now.plus(age));
                after = next.orElse(BadAddressRows.Row.FIRST);
                if (next.isEmpty()) {
                    return;
                }
            }
        } catch (SpoolException e) {
            // The history's cleaner meets the same database, and reports it.
            LOG.debug("addresses that don't work can't be cleared now: {}", e.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("clearing addresses that don't work", bug); // The next run may do better; a throw would be the last one.
        }
    }
}
