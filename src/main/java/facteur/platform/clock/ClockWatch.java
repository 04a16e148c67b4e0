package facteur.platform.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares the wall clock with the steady one. When they part by more than a minute it is a [Jump]: an operator set the
/// clock, a time service stepped it, or the machine slept, for then the steady clock stands still. Which of the two times
/// was the right one isn't known here; so for an hour after a jump nothing ends because of its age, and a clock that
/// was set wrongly can be put right meanwhile. A start counts as a jump too: a machine without a battery begins with a
/// wrong clock, before it gets the time from its network.
///
/// Small steps add up, since they are measured from where the clocks stood, not from the last look. That mark follows the
/// wall clock, by a second a minute at most, so that what a bad oscillator makes of a month is no jump. Slewing doesn't
/// show at all: the kernel slews both clocks.
///
/// Each question looks, so nothing is judged by a clock that jumped since the last one. Thread-safe.
public final class ClockWatch implements ClockTrust {
    /// Until things end by their age again.
    public static final Duration CALM = Duration.ofHours(1);

    static final Duration NOTICED = Duration.ofMinutes(1);
    /// A second a minute.
    private static final int FORGIVEN = 60;
    /// Longer between two readings, and the thread was held up there: the comparison is worth nothing.
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final InstantSource wall;
    private final SteadyTime steady;
    private final List<Jump> untold = new ArrayList<>();
    private Duration mark;
    private Instant lookedAt;
    private Instant settlesAt;
    private Optional<Jump> last = Optional.empty();

    public ClockWatch(InstantSource wall, SteadyTime steady) {
        this.wall = wall;
        this.steady = steady;
        mark = difference();
        lookedAt = steady.instant();
        settlesAt = lookedAt.plus(CALM);
    }

    @Override
    public synchronized boolean isSettled() {
        look();
        return !lookedAt.isBefore(settlesAt);
    }

    /// The jumps that weren't reported yet, the oldest first; each is returned once. To be called about once a second.
    public synchronized List<Jump> news() {
        look();
        var news = List.copyOf(untold);
        untold.clear();
        return news;
    }

    /// The last one, as long as things don't end because of it.
    public synchronized Optional<Jump> unsettling() {
        return isSettled() ? Optional.empty() : last;
    }

    /// By the steady clock.
    public synchronized Instant settlesAt() {
        return settlesAt;
    }

    private void look() {
        var difference = difference();
        var now = steady.instant();
        var apart = difference.minus(mark);
        if (apart.abs().compareTo(NOTICED) > 0) {
            last = Optional.of(new Jump(now, apart));
            untold.add(last.get());
            mark = difference;
            settlesAt = now.plus(CALM);
        } else {
            mark = mark.plus(bounded(apart, Duration.between(lookedAt, now).dividedBy(FORGIVEN)));
        }
        lookedAt = now;
    }

    private static Duration bounded(Duration wanted, Duration most) {
        return wanted.abs().compareTo(most) <= 0 ? wanted : wanted.isNegative() ? most.negated() : most;
    }

    /// How far the wall clock is ahead.
    private Duration difference() {
        while (true) {
            var before = steady.instant();
            var now = wall.instant();
            if (steady.since(before).compareTo(SLOW) < 0) {
                return Duration.between(before, now);
            }
        }
    }
}
