package facteur.platform.systemd;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Reads the kernel's form of a socket's address: ip(7), ipv6(7).
final class SocketName {
    private static final int PORT_AT = 2;
    private static final int IPV4_AT = 4;
    private static final int IPV6_AT = 8;

    private SocketName() {}

    /// Empty for what isn't IP.
    static Optional<InetSocketAddress> parse(byte[] name) {
        return switch (ByteBuffer.wrap(name).order(ByteOrder.nativeOrder()).getShort(0)) {
            case Libc.AF_INET -> Optional.of(address(name, IPV4_AT, 4));
            case Libc.AF_INET6 -> Optional.of(address(name, IPV6_AT, 16));
            default -> Optional.empty();
        };
    }

    private static InetSocketAddress address(byte[] name, int at, int length) {
        try {
            var address = InetAddress.getByAddress(Arrays.copyOfRange(name, at, at + length));
            return new InetSocketAddress(address, Short.toUnsignedInt(ByteBuffer.wrap(name).getShort(PORT_AT)));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("an address has 4 or 16 octets", impossible);
        }
    }
}
