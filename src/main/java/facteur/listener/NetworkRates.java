package facteur.listener;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import facteur.login.ClientNetwork;
import facteur.platform.clock.RateLimit;
import facteur.platform.clock.SteadyTime;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Limits what strangers' networks send, on all listeners for returns together. Networks that were last heard of are kept, up to
/// [#MOST]; after a minute of silence there is nothing to remember. Thread-safe.
public final class NetworkRates {
    /// Five a second, though a large provider may hand over many bounces within a minute.
    static final int CONNECTIONS_PER_MINUTE = 300;

    static final int LETTERS_PER_MINUTE = 600;

    static final int MOST = 10_000;

    private final Cache<ClientNetwork, RateLimit> connections;
    private final Cache<ClientNetwork, RateLimit> letters;
    private final SteadyTime time;

    public NetworkRates(SteadyTime time) {
        this.time = time;
        this.connections = cache(time);
        this.letters = cache(time);
    }

    private static Cache<ClientNetwork, RateLimit> cache(SteadyTime time) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(Duration.ofMinutes(1))
                .ticker(() -> ChronoUnit.NANOS.between(Instant.EPOCH, time.instant()))
                .executor(Runnable::run)
                .build();
    }

    /// For what is measured beside the rates.
    Instant now() {
        return time.instant();
    }

    /// Counts a connection. False when its network has had too many within a minute.
    boolean acquireConnection(InetAddress peer) {
        return tryAcquire(connections, peer, CONNECTIONS_PER_MINUTE);
    }

    /// Counts a letter. False when its network has begun too many within a minute.
    boolean acquireLetter(InetAddress peer) {
        return tryAcquire(letters, peer, LETTERS_PER_MINUTE);
    }

    private boolean tryAcquire(Cache<ClientNetwork, RateLimit> limits, InetAddress peer, int perMinute) {
        return limits.get(ClientNetwork.around(peer), _ -> new RateLimit(perMinute, time)).tryAcquire(perMinute);
    }

    long size() {
        connections.cleanUp();
        return connections.estimatedSize();
    }
}
