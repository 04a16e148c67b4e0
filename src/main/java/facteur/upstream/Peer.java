package facteur.upstream;

import facteur.mail.smtp.TlsSession;
import java.net.InetSocketAddress;
import java.util.Optional;

/// Which host took a letter, and over what.
///
/// @param host as configured
/// @param address of its addresses the one that answered
/// @param tls empty: in clear. A TLS that isn't verified, name included, is none: the letter doesn't go
public record Peer(String host, InetSocketAddress address, Optional<TlsSession> tls) {
    /// `smtp.example.net[192.0.2.1]:587`
    public String place() {
        return host + "[" + address.getAddress().getHostAddress() + "]:" + address.getPort();
    }

    /// The place, and the TLS if there is one.
    @Override
    public String toString() {
        return place() + tls.map(session -> ", " + session).orElse("");
    }
}
