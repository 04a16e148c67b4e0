package facteur.listener;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// The header by which a proxy says which peer it forwards (the PROXY protocol, versions 1 and 2, as HAProxy defined it). It is
/// read octet by octet, so that nothing behind it is consumed: that may be a TLS handshake.
final class ProxyHeader {
    /// The longest line of version 1, including CRLF.
    private static final int LINE_LIMIT = 107;

    /// Addresses, and what the proxy adds to them in version 2.
    private static final int BLOCK_LIMIT = 4096;

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final Pattern LINE = Pattern.compile(
            "PROXY (?:UNKNOWN(?: .*)?|TCP4 (?<v4>\\d{1,3}(?:\\.\\d{1,3}){3}) \\d{1,3}(?:\\.\\d{1,3}){3} \\d{1,5} \\d{1,5}"
                    + "|TCP6 (?<v6>[0-9A-Fa-f:.]{2,45}) [0-9A-Fa-f:.]{2,45} \\d{1,5} \\d{1,5})");

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    private ProxyHeader() {}

    /// @return the peer of the proxy; empty when it speaks for itself, or for a peer without an address
    /// @throws ProtocolException when it is no such header: nothing can be trusted then
    static Optional<InetAddress> read(InputStream in) throws IOException {
        var first = next(in);
        return switch (first) {
            case 'P' -> readLine(in);
            case '\r' -> readBlock(in);
            default -> throw malformed();
        };
    }

    private static Optional<InetAddress> readLine(InputStream in) throws IOException {
        var line = new StringBuilder("P");
        while (line.length() < 2 || line.charAt(line.length() - 2) != '\r' || line.charAt(line.length() - 1) != '\n') {
            if (line.length() == LINE_LIMIT) {
                throw malformed();
            }
            line.append((char) next(in));
        }
        var form = LINE.matcher(line.substring(0, line.length() - 2));
        if (!form.matches()) {
            throw malformed();
        }
        var address = form.group("v4") == null ? form.group("v6") : form.group("v4");
        try {
            return Optional.ofNullable(address).map(InetAddress::ofLiteral);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static Optional<InetAddress> readBlock(InputStream in) throws IOException {
        var signature = in.readNBytes(SIGNATURE.length - 1);
        if (!Arrays.equals(signature, 0, signature.length, SIGNATURE, 1, SIGNATURE.length)) {
            throw malformed();
        }
        var command = next(in);
        var family = next(in);
        var length = next(in) << 8 | next(in);
        if (command != LOCAL && command != PROXY || length > BLOCK_LIMIT) {
            throw malformed();
        }
        var block = in.readNBytes(length);
        if (block.length < length) {
            throw new EOFException();
        }
        if (command == LOCAL) {
            return Optional.empty();
        }
        // Source and destination, each with a port of two octets.
        return switch (family) {
            case TCP4 -> Optional.of(address(block, 4));
            case TCP6 -> Optional.of(address(block, 16));
            default -> Optional.empty();
        };
    }

    private static InetAddress address(byte[] block, int octets) throws IOException {
        if (block.length < 2 * octets + 4) {
            throw malformed();
        }
        return InetAddress.getByAddress(Arrays.copyOf(block, octets));
    }

    private static int next(InputStream in) throws IOException {
        var octet = in.read();
        if (octet < 0) {
            throw new EOFException();
        }
        return octet;
    }

    private static ProtocolException malformed() {
        return new ProtocolException("not a PROXY header");
    }
}
