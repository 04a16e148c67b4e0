package facteur.mail.dkim;

import java.io.IOException;
import java.io.OutputStream;

/// Passes a body on in its "relaxed" form (RFC 6376 §3.4.4): one space for blanks in a row, none at the end of a line, no
/// empty lines at the end, and a CRLF behind the last line if there is one.
///
/// Takes lines ended by CRLF, as [facteur.mail.message.MessageCollector] makes them, in pieces of any size; holds one block of
/// memory for any input. For one thread.
final class RelaxedBody extends OutputStream {
    private static final int BLOCK_BYTES = 8192;

    private final OutputStream out;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int size;
    private boolean afterBlank;
    private boolean hasText;
    /// Line ends that count only if something follows.
    private long lineEnds;

    RelaxedBody(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        switch (octet) {
            case '\r' -> {}
            case '\n' -> {
                lineEnds++;
                afterBlank = false;
            }
            case ' ', '\t' -> afterBlank = true;
            default -> {
                for (; lineEnds > 0; lineEnds--) {
                    put((byte) '\r');
                    put((byte) '\n');
                }
                if (afterBlank) {
                    put((byte) ' ');
                    afterBlank = false;
                }
                hasText = true;
                put((byte) octet);
            }
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        for (var i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
    }

    private void put(byte octet) throws IOException {
        if (size == block.length) {
            drain();
        }
        block[size++] = octet;
    }

    private void drain() throws IOException {
        out.write(block, 0, size);
        size = 0;
    }

    /// Ends the body.
    void finish() throws IOException {
        if (hasText) {
            put((byte) '\r');
            put((byte) '\n');
        }
        drain();
    }
}
