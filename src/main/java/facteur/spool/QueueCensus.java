package facteur.spool;

import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many letters are in each state, for frequent callers. Counting reads an index from end to end, which takes longer
/// the longer the queue is; so a count holds for a hundred times as long as it took, and counting never takes more than a
/// hundredth of a processor. Thread-safe.
public final class QueueCensus {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final int SHARE = 100;

    @FunctionalInterface
    public interface Counting {
        List<QueueCount> count() throws SpoolException;
    }

    /// @param at when it was counted
    public record Counted(Instant at, List<QueueCount> counts) {
        public Counted {
            counts = List.copyOf(counts);
        }

        /// How many letters there are, in all states.
        public long letters() {
            return counts.stream().mapToLong(QueueCount::letters).sum();
        }
    }

    private final Counting counting;
    private final InstantSource wall;
    private final SteadyTime steady;
    private @Nullable Counted last;
    private Instant nextAt = Instant.MIN;

    public QueueCensus(Counting counting, InstantSource wall, SteadyTime steady) {
        this.counting = counting;
        this.wall = wall;
        this.steady = steady;
    }

    /// The last count, or a new one when that is old enough.
    ///
    /// @throws SpoolException when a new count fails
    public synchronized Counted counted() throws SpoolException {
        var now = steady.instant();
        if (last == null || !now.isBefore(nextAt)) {
            last = new Counted(wall.instant(), counting.count());
            var done = steady.instant();
            var rest = Duration.between(now, done).multipliedBy(SHARE);
            nextAt = done.plus(rest.compareTo(LEAST) < 0 ? LEAST : rest);
        }
        return last;
    }
}
