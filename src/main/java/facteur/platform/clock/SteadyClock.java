package facteur.platform.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Begins with what the wall clock shows, so that its instants are easy to read, and never looks at that again.
final class SteadyClock implements SteadyTime {
    private final InstantSource wall;
    private final LongSupplier nanos;
    private final Instant start;
    private final long startNanos;

    /// @param nanos as [System#nanoTime], which is the kernel's CLOCK_MONOTONIC
    SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        start = wall.instant();
        startNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public Instant onWall(Instant steady) {
        return wall.instant().plus(Duration.between(instant(), steady));
    }
}
