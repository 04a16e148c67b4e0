package facteur.upstream;

import facteur.mail.message.Message;
import facteur.mail.message.Octets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What leaves in one piece: commands, and behind them a whole message as one chunk (RFC 3030 §2). Its octets are kept for the
/// next one over the same connection. One thread.
final class Flight {
    /// So large a message at most goes with its envelope. A larger one isn't sent before its recipients are taken.
    static final int CHUNK_BYTES = 65_536;

    private static final int LONGEST_BDAT = "BDAT 65538 LAST\r\n".length();

    private static final byte[] RESET = "RSET\r\n".getBytes(StandardCharsets.US_ASCII);

    private final RelaySocket socket;
    private byte[] octets = new byte[1024];
    private int size;

    Flight(RelaySocket socket) {
        this.socket = socket;
    }

    /// In UTF-8 (RFC 6531 §3.3); what was loaded before is dropped.
    void load(List<String> commands) {
        size = 0;
        for (var command : commands) {
            put(command.getBytes(StandardCharsets.UTF_8));
            put((byte) '\r');
            put((byte) '\n');
        }
    }

    /// Adds a message, and ends its last line if it isn't ended; behind it RSET, which must follow a chunk that is refused
    /// (RFC 3030 §2), and whose reply shows whether one too many came before.
    ///
    /// @return false when it can't be read, or has line ends that are none: then nothing is added
    boolean loadChunk(Message message) {
        var start = size;
        reserve(LONGEST_BDAT + (int) message.sizeBytes() + 2);
        size += LONGEST_BDAT;
        var from = size;
        try {
            message.writeTo(new Tail());
        } catch (IOException unreadable) {
            size = start;
            return false;
        }
        if (octets[size - 1] != '\n') {
            put((byte) '\r');
            put((byte) '\n');
        }
        if (hasBareLineEnd(from)) {
            size = start;
            return false;
        }
        var length = size - from;
        size = start;
        put(("BDAT " + length + " LAST\r\n").getBytes(StandardCharsets.US_ASCII));
        System.arraycopy(octets, from, octets, size, length);
        size += length;
        put(RESET);
        return true;
    }

    /// @throws LostConnection when some of it is known not to have left
    void send() throws LostConnection {
        try {
            socket.sendWhole(octets, size);
        } catch (IOException e) {
            throw LostConnection.from(e);
        }
    }

    private boolean hasBareLineEnd(int from) {
        for (var i = Octets.lineEnd(octets, from, size); i < size; i = Octets.lineEnd(octets, i + 2, size)) {
            if (octets[i] != '\r' || octets[i + 1] != '\n') {
                return true;
            }
        }
        return false;
    }

    private void put(byte octet) {
        reserve(1);
        octets[size++] = octet;
    }

    private void put(byte[] more) {
        put(more, 0, more.length);
    }

    private void put(byte[] more, int from, int count) {
        reserve(count);
        System.arraycopy(more, from, octets, size, count);
        size += count;
    }

    private void reserve(int count) {
        if (octets.length - size < count) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, size + count));
        }
    }

    /// Behind what is loaded.
    private final class Tail extends OutputStream {
        @Override
        public void write(int octet) {
            put((byte) octet);
        }

        @Override
        public void write(byte[] more, int from, int count) {
            put(more, from, count);
        }
    }
}
