package facteur.relay;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.clock.ClockWatch;
import facteur.platform.clock.Jump;
import facteur.platform.clock.SteadyTime;
import facteur.spool.SpoolException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reacts to jumps of the wall clock; to be run every second. A jump is journalled, and letters in the queue keep their place
/// in time: their due dates are times of the wall clock, and are set back with it. For one thread.
final class ClockJumps implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockJumps.class);

    /// When the letters in the queue are due.
    @FunctionalInterface
    interface DueDates {
        /// @throws SpoolException when it has to be repeated
        void bringForward(Duration by) throws SpoolException;
    }

    private final ClockWatch watch;
    private final SteadyTime steady;
    private final DueDates dueDates;
    private final Runnable wake;
    private final Journal journal;

    /// How far due dates still have to be set back.
    private Duration back = Duration.ZERO;

    /// @param wake makes the queues look for letters that are due
    ClockJumps(ClockWatch watch, SteadyTime steady, DueDates dueDates, Runnable wake, Journal journal) {
        this.watch = watch;
        this.steady = steady;
        this.dueDates = dueDates;
        this.wake = wake;
        this.journal = journal;
    }

    @Override
    public void run() {
        try {
            watch.news().forEach(this::handle);
            if (back.isPositive()) {
                dueDates.bringForward(back);
                back = Duration.ZERO;
            }
        } catch (SpoolException later) {
            // Others that need the spool journal why.
            LOG.debug("due dates are not set back yet: {}", later.getMessage());
        }
    }

    private void handle(Jump jump) {
        var by = jump.by();
        var direction = by.isNegative() ? MailEvent.ClockJumped.BACK : MailEvent.ClockJumped.FORWARD;
        journal.record(new MailEvent.ClockJumped(direction, by.abs().toMillis(), steady.onWall(watch.settlesAt())));
        if (by.isNegative()) {
            back = back.plus(by.abs());
        } else {
            wake.run();
        }
    }
}
