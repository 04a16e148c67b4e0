package facteur.rewrite;

import facteur.mail.letter.QueueId;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderDate;
import facteur.mail.message.HeaderField;
import facteur.mail.smtp.TlsSession;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a letter came to us, for its Received field (RFC 5321 §4.4, RFC 3848, RFC 6531 §4.3).
///
/// @param helo what the app called itself: a domain or an address literal
/// @param protocol `ESMTP`, `SMTP`, `UTF8SMTP`, with `S` and `A` behind where they apply
/// @param tls how the connection was encrypted: a comment
/// @param by our own host name
/// @param client how much of helo and peer is shown
public record ReceivedTrace(
        String helo,
        InetAddress peer,
        String protocol,
        Optional<TlsSession> tls,
        String by,
        String queueId,
        Instant at,
        ReceivedClient client) {
    private static final String FIELD = "Received";
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    /// Shows helo and peer in full.
    public ReceivedTrace(String helo, InetAddress peer, String protocol, Optional<TlsSession> tls, String by, String queueId, Instant at) {
        this(helo, peer, protocol, tls, by, queueId, at, ReceivedClient.FULL);
    }

    /// How many of a letter's Received fields a host of that name has written, with an id of ours: how often the letter came by.
    ///
    /// @param host in any case
    public static long count(Header header, String host) {
        var ours = Pattern.compile("(?i)\\bby " + Pattern.quote(host) + " with [A-Z0-9]+ id ([0-9a-z]{16});");
        return header.all(FIELD).stream()
                .map(field -> ours.matcher(field.value().replaceAll("\\s+", " ")))
                .filter(found -> found.find() && QueueId.parse(found.group(1)).isPresent())
                .count();
    }

    HeaderField received() {
        return HeaderField.of(
                FIELD,
                "from " + from() + "\r\n\t" + using() + "by " + by + " with " + protocol + " id " + queueId + ";\r\n\t"
                        + HeaderDate.of(at));
    }

    private String from() {
        return switch (client) {
            case FULL -> helo + " (" + literal(peer) + ")";
            case NETWORK -> literal(network()) + " (" + literal(network()) + ")";
            case NONE -> by;
        };
    }

    private InetAddress network() {
        var octets = peer.getAddress();
        Arrays.fill(octets, peer instanceof Inet6Address ? IPV6_BYTES : IPV4_BYTES, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as long as an address", e);
        }
    }

    private String using() {
        return tls.map(session -> "(using " + session + ")\r\n\t").orElse("");
    }

    private static String literal(InetAddress address) {
        var text = address.getHostAddress();
        return address instanceof Inet6Address ? "[IPv6:" + text.replaceAll("%.*", "") + "]" : "[" + text + "]";
    }
}
