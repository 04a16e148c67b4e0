package facteur.web;

import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// How often pages may be asked for: 20 times per second and session, on this node. Letters go first. Thread-safe.
public final class PageRates {
    static final int PER_SECOND = 20;

    private static final Duration SECOND = Duration.ofSeconds(1);

    /// Sessions end, and addresses move on.
    private static final int SWEPT_AT = 10_000;

    /// @param left as of then
    private record Bucket(double left, Instant at) {
        double left(Instant now) {
            return Math.min(PER_SECOND, left + PER_SECOND * Duration.between(at, now).toMillis() / 1000.0);
        }
    }

    private final SteadyTime time;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private final AtomicReference<Instant> sweptAt;

    public PageRates(SteadyTime time) {
        this.time = time;
        sweptAt = new AtomicReference<>(time.instant());
    }

    /// Counts a request; refuses it with 429 when there were too many.
    ///
    /// @param whose a session, or an address where there is none
    public void count(String whose) {
        if (!take(whose)) {
            throw new RefusedException(ProblemDetails.of(429, "rate.exceeded", "", "no more than " + PER_SECOND + " requests per second")
                    .answer()
                    .with("Retry-After", Long.toString(SECOND.toSeconds())));
        }
    }

    /// How many are remembered.
    int size() {
        return buckets.size();
    }

    private boolean take(String whose) {
        var now = time.instant();
        var taken = new boolean[1];
        buckets.compute(whose, (_, bucket) -> {
            var left = bucket == null ? PER_SECOND : bucket.left(now);
            taken[0] = left >= 1;
            return new Bucket(taken[0] ? left - 1 : left, now);
        });
        sweep(now);
        return taken[0];
    }

    /// Once per second at most: each look at all of them would be a long one while they are many.
    private void sweep(Instant now) {
        var last = sweptAt.get();
        if (buckets.size() > SWEPT_AT && !now.isBefore(last.plus(SECOND)) && sweptAt.compareAndSet(last, now)) {
            buckets.values().removeIf(bucket -> bucket.left(now) >= PER_SECOND);
        }
    }
}
