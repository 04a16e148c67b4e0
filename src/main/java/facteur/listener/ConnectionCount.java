package facteur.listener;

import facteur.login.ClientNetwork;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Counts connections: all together, and per client, which may be a network. Holds no more entries than there are connections.
/// Thread-safe.
final class ConnectionCount {
    /// The limit that a new connection would exceed.
    enum Limit {
        CONNECTIONS,
        CONNECTIONS_PER_CLIENT
    }

    private final int most;
    private final int mostPerClient;
    private final Function<InetAddress, ClientNetwork> clients;
    private final Map<ClientNetwork, Integer> perClient = new HashMap<>();
    private int all;

    /// @param clients what a peer counts as
    ConnectionCount(int most, int mostPerClient, Function<InetAddress, ClientNetwork> clients) {
        this.most = most;
        this.mostPerClient = mostPerClient;
        this.clients = clients;
    }

    /// Counts a peer in, unless a limit is reached.
    ///
    /// @return the limit that was reached, the client's own first: then the peer is not counted, and must not [#leave]
    synchronized Optional<Limit> enter(InetAddress peer) {
        var client = clients.apply(peer);
        if (perClient.getOrDefault(client, 0) >= mostPerClient) {
            return Optional.of(Limit.CONNECTIONS_PER_CLIENT);
        }
        if (all >= most) {
            return Optional.of(Limit.CONNECTIONS);
        }
        perClient.merge(client, 1, Integer::sum);
        all++;
        return Optional.empty();
    }

    synchronized void leave(InetAddress peer) {
        all--;
        perClient.computeIfPresent(clients.apply(peer), (_, count) -> count > 1 ? count - 1 : null);
    }
}
