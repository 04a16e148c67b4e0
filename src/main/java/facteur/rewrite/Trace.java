package facteur.rewrite;

import facteur.message.HeaderField;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How a letter came to us, for its Received field (RFC 5321 §4.4, RFC 3848, RFC 6531 §4.3).
///
/// @param helo what the app called itself: a domain or an address literal
/// @param protocol `ESMTP`, `SMTP`, `UTF8SMTP`, with `S` and `A` behind where they apply
/// @param by our own host name
public record Trace(String helo, InetAddress peer, String protocol, String by, String queueId, Instant at) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    HeaderField received() {
        return HeaderField.of(
                "Received",
                "from " + helo + " (" + literal() + ")\r\n\tby " + by + " with " + protocol + " id " + queueId + ";\r\n\t"
                        + date(at));
    }

    private String literal() {
        return peer instanceof Inet6Address ? "[IPv6:" + peer.getHostAddress().replaceAll("%.*", "") + "]" : "[" + peer.getHostAddress() + "]";
    }

    /// RFC 5322 §3.3.
    static String date(Instant at) {
        return DATE.format(at);
    }
}
