package facteur.app;

import facteur.login.ClientNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// A network in CIDR form (RFC 4632 §3.1, RFC 4291 §2.3): `127.0.0.0/8`, `::1/128`, or one address.
///
/// IPv4 addresses mapped into IPv6 count as IPv4. Immutable; safe to share between threads.
public final class Network {
    private static final int IPV4_BYTES = 4;

    private final byte[] base;
    private final int prefixBits;

    private Network(byte[] base, int prefixBits) {
        this.base = base;
        this.prefixBits = prefixBits;
    }

    /// @throws IllegalArgumentException when the text isn't a network; names are not looked up
    public static Network parse(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("[0-9A-Fa-f:.]+") || !(address.contains(":") || address.matches("\\d+(\\.\\d+){3}"))) {
            throw new IllegalArgumentException("not a network: " + text);
        }
        try {
            var base = InetAddress.getByName(address).getAddress();
            var prefixBits = slash < 0 ? base.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (prefixBits < 0 || prefixBits > base.length * 8) {
                throw new IllegalArgumentException("not a network, the prefix is too long: " + text);
            }
            return new Network(base, prefixBits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("not a network: " + text, e);
        }
    }

    public boolean contains(InetAddress address) {
        var octets = address.getAddress();
        if (octets.length != base.length) {
            return false;
        }
        var whole = prefixBits / 8;
        if (!Arrays.equals(octets, 0, whole, base, 0, whole)) {
            return false;
        }
        var rest = prefixBits % 8;
        return rest == 0 || ((octets[whole] ^ base[whole]) & 0xFF) >>> (8 - rest) == 0;
    }

    /// Whether any address of the client is in it: an IPv6 client has a whole network of them.
    public boolean meets(ClientNetwork client) {
        return client.isIpv6() == (base.length > IPV4_BYTES) && client.startsLike(base, prefixBits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that && Arrays.equals(base, that.base) && prefixBits == that.prefixBits;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(base) + prefixBits;
    }
}
