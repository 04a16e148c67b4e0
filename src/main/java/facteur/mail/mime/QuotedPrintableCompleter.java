package facteur.mail.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Encodes what is beyond US-ASCII in text that is quoted-printable already, as readers take it: what is encoded stays so.
/// Lines that become too long are broken. One thread.
final class QuotedPrintableCompleter implements Encoder {
    /// RFC 2045 §6.7 (5), without the sign for a soft line break.
    private static final int ROOM = 75;

    private static final int ENCODED = 3;
    private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};

    private final OutputStream out;
    private int column;
    /// How much of an encoded octet is still to come: no line is broken within it.
    private int rest;

    QuotedPrintableCompleter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] octets, int from, int to) throws IOException {
        for (var i = from; i < to; i++) {
            write(octets[i] & 0xFF);
        }
    }

    private void write(int octet) throws IOException {
        if (octet == '\r' || octet == '\n') {
            out.write(octet);
            column = 0;
            rest = 0;
        } else if (octet > 127) {
            breakBefore(ENCODED);
            out.write("=%02X".formatted(octet).getBytes(StandardCharsets.US_ASCII));
            column += ENCODED;
            rest = 0;
        } else if (rest > 0) {
            out.write(octet);
            column++;
            rest--;
        } else {
            breakBefore(octet == '=' ? ENCODED : 1);
            out.write(octet);
            column++;
            rest = octet == '=' ? ENCODED - 1 : 0;
        }
    }

    private void breakBefore(int octets) throws IOException {
        if (column + octets > ROOM) {
            out.write(SOFT_BREAK);
            column = 0;
        }
    }

    @Override
    public void finish() {}
}
