package facteur.mail.dkim;

import java.io.IOException;
import java.io.OutputStream;

/// Passes a body on in the form that a signature covers. Takes lines ended by CRLF, as [facteur.mail.message.MessageCollector] makes
/// them, in pieces of any size; holds one block of memory for any input. For one thread.
abstract class CanonicalBody extends OutputStream {
    private static final int BLOCK_BYTES = 8192;

    private final OutputStream out;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int size;
    /// Line ends that count only if something follows.
    private long lineEnds;

    CanonicalBody(OutputStream out) {
        this.out = out;
    }

    @Override
    public final void write(byte[] octets, int offset, int length) throws IOException {
        for (var i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
    }

    final void endLine() {
        lineEnds++;
    }

    final void putLineEnds() throws IOException {
        for (; lineEnds > 0; lineEnds--) {
            putLineEnd();
        }
    }

    final void putLineEnd() throws IOException {
        put((byte) '\r');
        put((byte) '\n');
    }

    final void put(byte octet) throws IOException {
        if (size == block.length) {
            drain();
        }
        block[size++] = octet;
    }

    final void drain() throws IOException {
        out.write(block, 0, size);
        size = 0;
    }

    /// Ends the body.
    abstract void finish() throws IOException;
}
