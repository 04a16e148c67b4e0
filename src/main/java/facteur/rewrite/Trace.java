package facteur.rewrite;

import facteur.message.HeaderDate;
import facteur.message.HeaderField;
import facteur.smtp.TlsSession;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// How a letter came to us, for its Received field (RFC 5321 §4.4, RFC 3848, RFC 6531 §4.3).
///
/// @param helo what the app called itself: a domain or an address literal
/// @param protocol `ESMTP`, `SMTP`, `UTF8SMTP`, with `S` and `A` behind where they apply
/// @param tls how the connection was encrypted: a comment
/// @param by our own host name
public record Trace(String helo, InetAddress peer, String protocol, Optional<TlsSession> tls, String by, String queueId, Instant at) {
    HeaderField received() {
        return HeaderField.of(
                "Received",
                "from " + helo + " (" + literal() + ")\r\n\t" + using() + "by " + by + " with " + protocol + " id " + queueId + ";\r\n\t"
                        + HeaderDate.of(at));
    }

    private String using() {
        return tls.map(session -> "(using " + session + ")\r\n\t").orElse("");
    }

    private String literal() {
        return peer instanceof Inet6Address ? "[IPv6:" + peer.getHostAddress().replaceAll("%.*", "") + "]" : "[" + peer.getHostAddress() + "]";
    }
}
