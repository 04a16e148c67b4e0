package facteur.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// Who an address counts as. Whoever has an IPv6 address has a network of 64 bits full of them (RFC 4291 §2.5.4), so these
/// are one. Immutable as long as nobody reads from it.
///
/// @param network the octets that count
public record Client(ByteBuffer network) {
    private static final int IPV6_PREFIX_BYTES = 8;

    public static Client of(InetAddress peer) {
        var octets = peer.getAddress();
        return new Client(ByteBuffer.wrap(octets, 0, peer instanceof Inet6Address ? IPV6_PREFIX_BYTES : octets.length));
    }
}
