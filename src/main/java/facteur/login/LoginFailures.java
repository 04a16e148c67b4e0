package facteur.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import facteur.platform.clock.SteadyTime;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Who guessed wrong, and when. The clients that were last heard of are kept, up to [#ADDRESSES]. Thread-safe.
final class LoginFailures {
    static final int ADDRESSES = 10_000;

    /// The failures of one address. Its monitor is held while one of its logins is checked: an address has one at a
    /// time, so that many connections can't guess past the limit together.
    final class Tally {
        private final Deque<Instant> failedAt = new ArrayDeque<>();

        synchronized int count() {
            return recent();
        }

        synchronized boolean isFull() {
            return recent() >= limits.failures();
        }

        /// @return how many there are now
        synchronized int add() {
            failedAt.add(time.instant());
            return recent();
        }

        /// How long it stays full; zero when it isn't.
        synchronized Duration left() {
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
    private final Cache<ClientNetwork, Tally> tallies;

    LoginFailures(LoginLimits limits, SteadyTime time) {
        this.limits = limits;
        this.time = time;
        this.tallies = Caffeine.newBuilder()
                .maximumSize(ADDRESSES)
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

    Tally of(InetAddress peer) {
        return tallies.get(ClientNetwork.of(peer), _ -> new Tally());
    }

    boolean isFull(InetAddress peer) {
        var tally = tallies.getIfPresent(ClientNetwork.of(peer));
        return tally != null && tally.isFull();
    }

    /// Of all addresses that are full, those that stay so longest first.
    List<Lockout> lockouts() {
        return tallies.asMap().entrySet().stream()
                .map(entry -> new Lockout(entry.getKey(), entry.getValue().left()))
                .filter(lockout -> lockout.left().isPositive())
                .sorted(Comparator.comparing(Lockout::left).reversed())
                .toList();
    }

    /// Forgets the failures of an address.
    void forget(ClientNetwork client) {
        // Not taken out of the cache: a login that is being judged would count in an unused one.
        var tally = tallies.getIfPresent(client);
        if (tally != null) {
            tally.clear();
        }
    }

    long size() {
        tallies.cleanUp();
        return tallies.estimatedSize();
    }
}
