package facteur.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;

/// Who guessed wrong, and when. Those that were last heard of are kept, up to [#MOST]. Thread-safe.
///
/// @param <K> by what failures are counted, such as the network of a client
public final class LoginFailures<K> {
    static final int MOST = 10_000;

    /// The failures of one. Its monitor is held while one of its logins is checked: an address has one at a time, so that many
    /// connections can't guess past the limit together.
    public final class Tally {
        private final Deque<Instant> failedAt = new ArrayDeque<>();

        public synchronized int count() {
            return recent();
        }

        public synchronized boolean isFull() {
            return recent() >= limits.failures();
        }

        /// @return how many there are now
        public synchronized int add() {
            failedAt.add(time.instant());
            return recent();
        }

        /// How long it stays full; zero when it isn't.
        public synchronized Duration left() {
            var count = recent();
            if (count < limits.failures()) {
                return Duration.ZERO;
            }
            // Until one fewer than the limit are recent.
            var last = failedAt.stream().skip((long) count - limits.failures()).findFirst().orElseThrow();
            return Duration.between(time.instant(), last.plus(limits.window()));
        }

        synchronized void clear() {
            failedAt.clear();
        }

        private int recent() {
            var since = time.instant().minus(limits.window());
            failedAt.removeIf(instant -> !instant.isAfter(since));
            return failedAt.size();
        }
    }

    private volatile LoginLimits limits;
    private final SteadyTime time;
    private final Cache<K, Tally> tallies;

    public LoginFailures(LoginLimits limits, SteadyTime time) {
        this.limits = limits;
        this.time = time;
        this.tallies = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(limits.window())
                .ticker(GoodLogins.ticker(time))
                .executor(Runnable::run)
                .build();
    }

    /// Applies other limits from now on; past failures still count.
    void apply(LoginLimits others) {
        limits = others;
        tallies.policy().expireAfterAccess().orElseThrow().setExpiresAfter(others.window());
    }

    public Tally of(K key) {
        return tallies.get(key, _ -> new Tally());
    }

    boolean isFull(K key) {
        var tally = tallies.getIfPresent(key);
        return tally != null && tally.isFull();
    }

    /// All that are full, with the time that they stay so.
    Map<K, Duration> full() {
        return tallies.asMap().entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue().left()))
                .filter(entry -> entry.getValue().isPositive())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Forgets the failures of one.
    void forget(K key) {
        // Not taken out of the cache: a login that is being judged would count in an unused one.
        var tally = tallies.getIfPresent(key);
        if (tally != null) {
            tally.clear();
        }
    }

    long size() {
        tallies.cleanUp();
        return tallies.estimatedSize();
    }
}
