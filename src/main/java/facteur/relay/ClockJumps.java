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

/// What is done when the wall clock jumps; to be run once a second. The journal is told, and letters in the queue keep
/// their place in time: their due dates are times of the wall clock, and set back with it. For one thread.
final class ClockJumps implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClockJumps.class);

    /// When the letters in the queue are due.
    @FunctionalInterface
    interface DueDates {
        /// @throws SpoolException when it is to be done again
        void bringForward(Duration by) throws SpoolException;
    }

    private final ClockWatch watch;
    private final SteadyTime steady;
    private final DueDates dueDates;
    private final Runnable wake;
    private final Journal journal;

    /// By how much the queue is still to be set back.
    private Duration back = Duration.ZERO;

    /// @param wake makes the queues be looked at
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
            watch.news().forEach(this::take);
            if (back.isPositive()) {
                dueDates.bringForward(back);
                back = Duration.ZERO;
            }
        } catch (SpoolException later) {
            // What else needs the spool says so.
            LOG.debug("due dates are not set back yet: {}", later.getMessage());
        }
    }

    private void take(Jump jump) {
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
