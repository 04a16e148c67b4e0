package facteur.upstream;

import facteur.mail.smtp.TlsSession;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Which host took a letter, and over what.
///
/// @param place its name as configured, and of its addresses the one that answered: `smtp.example.net[192.0.2.1]:587`
/// @param tls empty: in clear. A TLS that isn't verified, name included, is none: the letter doesn't go
public record Peer(String place, Optional<TlsSession> tls) {
    /// @param host as configured
    static Peer of(String host, InetSocketAddress address, Optional<TlsSession> tls) {
        return new Peer(host + "[" + address.getAddress().getHostAddress() + "]:" + address.getPort(), tls);
    }

    /// The place, and the TLS if there is one.
    @Override
    public String toString() {
        return tls.isPresent() ? place + ", " + tls.get() : place;
    }
}
