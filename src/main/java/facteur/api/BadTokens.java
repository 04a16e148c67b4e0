package facteur.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import facteur.login.ClientNetwork;
import facteur.platform.clock.RateLimit;
import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How often an address may present tokens that aren't good. A token can't be guessed; but each try is a look into the database, where
/// letters are, too. Beyond the limit the address waits a little, even with a good token. Remembers a bounded number of addresses.
///
/// Thread-safe.
final class BadTokens {
    static final int PER_MINUTE = 300;
    private static final int REMEMBERED = 10_000;

    private static final class Tries {
        private final RateLimit limit;
        private volatile Instant until = Instant.MIN;

        Tries(SteadyTime time) {
            limit = new RateLimit(PER_MINUTE, time);
        }
    }

    private final SteadyTime time;
    private final Cache<ClientNetwork, Tries> tries =
            Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

    BadTokens(SteadyTime time) {
        this.time = time;
    }

    /// How long the address still has to wait; empty when it needn't.
    Optional<Duration> pause(ClientNetwork peer) {
        return Optional.ofNullable(tries.getIfPresent(peer))
                .filter(known -> time.instant().isBefore(known.until))
                .map(known -> Duration.between(time.instant(), known.until));
    }

    /// The address presented a token that isn't good.
    void count(ClientNetwork peer) {
        var known = tries.get(peer, _ -> new Tries(time));
        known.limit.acquire(1, PER_MINUTE).ifPresent(wait -> known.until = time.instant().plus(wait));
    }
}
