package facteur.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// Who guessed wrong, and when. The clients that were last heard of are kept, up to [#ADDRESSES]. Thread-safe.
final class LoginFailures {
    static final int ADDRESSES = 10_000;

    /// The failures of one address. Its monitor is held while one of its logins is checked: an address has one at a
    /// time, so that many connections can't guess past the limit together.
    final class Tally {
        private final Deque<Instant> failedAt = new ArrayDeque<>();

        synchronized boolean isFull() {
            return recent() >= limits.failures();
        }

        /// @return how many there are now
        synchronized int add() {
            failedAt.add(time.instant());
            return recent();
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
    private final InstantSource time;
    private final Cache<Client, Tally> tallies;

    LoginFailures(LoginLimits limits, InstantSource time) {
        this.limits = limits;
        this.time = time;
        this.tallies = Caffeine.newBuilder()
                .maximumSize(ADDRESSES)
                .expireAfterAccess(limits.window())
                .ticker(GoodLogins.ticker(time))
                .executor(Runnable::run)
                .build();
    }

    /// Goes by other limits from now on; those who failed are still known.
    void follow(LoginLimits others) {
        limits = others;
        tallies.policy().expireAfterAccess().orElseThrow().setExpiresAfter(others.window());
    }

    Tally of(InetAddress peer) {
        return tallies.get(Client.of(peer), _ -> new Tally());
    }

    boolean isFull(InetAddress peer) {
        var tally = tallies.getIfPresent(Client.of(peer));
        return tally != null && tally.isFull();
    }

    long size() {
        tallies.cleanUp();
        return tallies.estimatedSize();
    }
}
