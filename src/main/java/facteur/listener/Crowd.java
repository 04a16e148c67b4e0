package facteur.listener;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.HexFormat;

/// Counts who is connected: all together, and from each address. Whoever has an IPv6 address has a network of 64 bits
/// full of them (RFC 4291 §2.5.4), so these count as one. Holds no more entries than there are connections. Thread-safe.
final class Crowd {
    /// What a newcomer was too many of.
    enum Limit {
        CONNECTIONS,
        CONNECTIONS_PER_CLIENT
    }

    private final int most;
    private final int mostPerClient;
    private final Map<String, Integer> perClient = new HashMap<>();
    private int all;

    Crowd(int most, int mostPerClient) {
        this.most = most;
        this.mostPerClient = mostPerClient;
    }

    /// Lets a peer in, unless there are too many already.
    ///
    /// @return the limit that was reached: then the peer is not counted, and doesn't [#leave]
    synchronized Optional<Limit> enter(InetAddress peer) {
        if (all >= most) {
            return Optional.of(Limit.CONNECTIONS);
        }
        var client = client(peer);
        if (perClient.getOrDefault(client, 0) >= mostPerClient) {
            return Optional.of(Limit.CONNECTIONS_PER_CLIENT);
        }
        perClient.merge(client, 1, Integer::sum);
        all++;
        return Optional.empty();
    }

    synchronized void leave(InetAddress peer) {
        all--;
        perClient.computeIfPresent(client(peer), (_, count) -> count > 1 ? count - 1 : null);
    }

    private static String client(InetAddress peer) {
        var octets = peer.getAddress();
        return HexFormat.of().formatHex(peer instanceof Inet6Address ? Arrays.copyOf(octets, 8) : octets);
    }
}
