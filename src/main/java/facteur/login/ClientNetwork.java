package facteur.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// The network that an address counts as. An IPv6 host usually has 64 bits of addresses (RFC 4291 §2.5.4), so these
/// are one. Immutable.
///
/// @param network the octets that count
public record ClientNetwork(ByteBuffer network) {
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int IPV4_PREFIX_BYTES = 3;
    private static final int IPV4_BYTES = 4;

    public static ClientNetwork of(InetAddress peer) {
        var octets = peer.getAddress();
        return new ClientNetwork(ByteBuffer.wrap(octets, 0, peer instanceof Inet6Address ? IPV6_PREFIX_BYTES : octets.length));
    }

    /// The same for a stranger, who may have a block of IPv4 addresses: the usual smallest one, of 24 bits.
    public static ClientNetwork around(InetAddress peer) {
        return peer instanceof Inet6Address ? of(peer) : new ClientNetwork(ByteBuffer.wrap(peer.getAddress(), 0, IPV4_PREFIX_BYTES));
    }

    /// Whether the first bits are those of an address: as many as both have.
    public boolean startsLike(byte[] address, int bits) {
        var common = Math.min(bits, 8 * network.remaining());
        for (var bit = 0; bit < common; bit++) {
            if (((network.get(network.position() + bit / 8) ^ address[bit / 8]) & 0x80 >> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }

    public boolean isIpv6() {
        return network.remaining() == IPV6_PREFIX_BYTES;
    }

    /// The address; a network in CIDR form.
    @Override
    public String toString() {
        var octets = new byte[isIpv6() ? 2 * IPV6_PREFIX_BYTES : IPV4_BYTES];
        var prefix = network.remaining();
        network.get(network.position(), octets, 0, prefix);
        try {
            var text = InetAddress.getByAddress(octets).getHostAddress();
            return prefix == IPV4_BYTES ? text : text + "/" + 8 * prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("made of an address", e);
        }
    }
}
