package facteur.app;

import facteur.platform.clock.SteadyTime;
import java.time.Instant;

/// A token bucket: a full minute's worth may come at once, and what was used comes back evenly. Thread-safe.
final class RateLimit {
    private static final double MINUTE_MILLIS = 60_000;

    private final SteadyTime time;
    private int perMinute;
    private double left;
    private Instant refilledAt;

    /// @param perMinute at least one
    RateLimit(int perMinute, SteadyTime time) {
        this.perMinute = perMinute;
        this.time = time;
        this.left = perMinute;
        this.refilledAt = time.instant();
    }

    /// Uses one. False when there is none left.
    ///
    /// @param perMinute from now on; what was used still counts
    synchronized boolean tryAcquire(int perMinute) {
        var now = time.instant();
        var millis = now.toEpochMilli() - refilledAt.toEpochMilli();
        left = Math.min(this.perMinute, left + this.perMinute * (millis / MINUTE_MILLIS)) + perMinute - this.perMinute;
        this.perMinute = perMinute;
        refilledAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
