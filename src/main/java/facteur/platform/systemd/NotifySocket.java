package facteur.platform.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/// Where datagrams for systemd go: a socket in the file system, or one with an abstract name (unix(7)). One of ours is
/// opened for each message: there are few. Immutable.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record NotifySocket(byte[] address) {
    /// Of `sun_path`.
    private static final int LONGEST_PATH = 108;

    /// @param name a path, or `@` and an abstract name; empty when it is neither
    static Optional<NotifySocket> at(String name) {
        var path = name.getBytes(UTF_8);
        var isAbstract = name.startsWith("@");
        // A path ends with a zero, an abstract name begins with one.
        if (!isAbstract && !name.startsWith("/") || path.length < 2 || path.length >= LONGEST_PATH) {
            return Optional.empty();
        }
        var address = ByteBuffer.allocate(Short.BYTES + path.length + (isAbstract ? 0 : 1)).order(ByteOrder.nativeOrder());
        address.putShort(Libc.AF_UNIX).put(path);
        if (isAbstract) {
            address.put(Short.BYTES, (byte) 0);
        }
        return Optional.of(new NotifySocket(address.array()));
    }

    void send(byte[] message) throws IOException {
        var socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.CLOSE_ON_EXEC);
        try {
            Libc.send(socket, message, address);
        } finally {
            Libc.close(socket);
        }
    }
}
