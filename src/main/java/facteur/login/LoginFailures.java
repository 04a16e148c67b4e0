package facteur.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// Who guessed wrong, and when. An IPv6 address counts by its first 64 bits, since whoever has one has all of them. The
/// addresses that were last heard of are kept, up to [#ADDRESSES]. Thread-safe.
final class LoginFailures {
    static final int ADDRESSES = 10_000;

    private static final int IPV6_PREFIX_BYTES = 8;

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

    private final LoginLimits limits;
    private final InstantSource time;
    private final Cache<ByteBuffer, Tally> tallies;

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

    Tally of(InetAddress peer) {
        return tallies.get(key(peer), _ -> new Tally());
    }

    boolean isFull(InetAddress peer) {
        var tally = tallies.getIfPresent(key(peer));
        return tally != null && tally.isFull();
    }

    long size() {
        tallies.cleanUp();
        return tallies.estimatedSize();
    }

    private static ByteBuffer key(InetAddress peer) {
        var octets = peer.getAddress();
        return ByteBuffer.wrap(octets, 0, peer instanceof Inet6Address ? IPV6_PREFIX_BYTES : octets.length);
    }
}
