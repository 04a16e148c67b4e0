package facteur.platform.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A token bucket: a full minute's worth may come at once, and what was used comes back evenly. Thread-safe.
public final class RateLimit {
    private static final double MINUTE_MILLIS = 60_000;

    private final SteadyTime time;
    private int perMinute;
    private double left;
    private Instant refilledAt;

    /// @param perMinute at least one
    public RateLimit(int perMinute, SteadyTime time) {
        this.perMinute = perMinute;
        this.time = time;
        this.left = perMinute;
        this.refilledAt = time.instant();
    }

    /// Uses one. False when there is none left.
    ///
    /// @param perMinute from now on; what was used still counts
    public boolean tryAcquire(int perMinute) {
        return acquire(1, perMinute).isEmpty();
    }

    /// Uses as many; or none of them, when there are too few left.
    ///
    /// @param amount no more than perMinute
    /// @param perMinute from now on; what was used still counts
    /// @return when to ask again; empty when they were used
    public synchronized Optional<Duration> acquire(int amount, int perMinute) {
        var now = time.instant();
        var millis = now.toEpochMilli() - refilledAt.toEpochMilli();
        left = Math.min(this.perMinute, left + this.perMinute * (millis / MINUTE_MILLIS)) + perMinute - this.perMinute;
        this.perMinute = perMinute;
        refilledAt = now;
        if (left < amount) {
            return Optional.of(Duration.ofMillis((long) Math.ceil((amount - left) * MINUTE_MILLIS / perMinute)));
        }
        left -= amount;
        return Optional.empty();
    }
}
