package facteur.upstream;

import facteur.mail.message.Octets;
import java.io.IOException;
import java.io.OutputStream;

/// A message as it follows DATA: one dot more before each line that begins with one, and the final dot (RFC 5321 §4.5.2).
///
/// Takes lines ended by CRLF, in pieces of any size. Should there be a bare carriage return or line feed all the same, a
/// CRLF goes out in its place: between two such, a dot might end the letter early for some servers. Writes by the block, so
/// that a small message leaves in one piece with its dot. For one letter at a time, on one thread.
final class DataStream extends OutputStream {
    private static final int BLOCK_BYTES = 32_768;

    private enum State {
        LINE_START,
        INSIDE,
        /// A carriage return, written.
        RETURN
    }

    /// Looks at the peer before each block, the last one with its dot included; what it throws ends the letter.
    @FunctionalInterface
    interface Lookout {
        void look() throws IOException;
    }

    private final OutputStream out;
    private final Lookout lookout;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int size;
    private State state = State.LINE_START;

    DataStream(OutputStream out, Lookout lookout) {
        this.out = out;
        this.lookout = lookout;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        var end = offset + length;
        var start = offset; // of what goes out as it is
        for (var i = offset; i < end; i++) {
            var octet = octets[i];
            if (state == State.RETURN) {
                if (octet == '\n') {
                    state = State.LINE_START;
                    continue;
                }
                put(octets, start, i);
                start = i;
                put('\n');
                state = State.LINE_START;
            }
            if (state == State.LINE_START && octet == '.') {
                put(octets, start, i);
                start = i;
                put('.');
            }
            state = State.INSIDE;
            i = Octets.lineEnd(octets, i, end);
            if (i < end && octets[i] == '\r') {
                state = State.RETURN;
            } else if (i < end) {
                put(octets, start, i);
                start = i;
                put('\r');
                state = State.LINE_START;
            }
        }
        put(octets, start, end);
    }

    /// Ends the last line if it isn't ended, and sends the dot with all that is left.
    void finish() throws IOException {
        switch (state) {
            case LINE_START -> {}
            case INSIDE -> {
                put('\r');
                put('\n');
            }
            case RETURN -> put('\n');
        }
        put('.');
        put('\r');
        put('\n');
        drain();
        out.flush();
        state = State.LINE_START;
    }

    private void put(char octet) throws IOException {
        if (size == block.length) {
            drain();
        }
        block[size++] = (byte) octet;
    }

    private void put(byte[] octets, int from, int to) throws IOException {
        for (var next = from; next < to;) {
            if (size == block.length) {
                drain();
            }
            var count = Math.min(to - next, block.length - size);
            System.arraycopy(octets, next, block, size, count);
            size += count;
            next += count;
        }
    }

    private void drain() throws IOException {
        lookout.look();
        out.write(block, 0, size);
        size = 0;
    }
}
