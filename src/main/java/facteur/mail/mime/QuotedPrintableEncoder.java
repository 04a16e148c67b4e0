package facteur.mail.mime;

import java.io.IOException;
import java.io.OutputStream;

/// Quoted-printable (RFC 2045 §6.7) for lines that end in CRLF; carriage returns and line feeds alone it doesn't get.
///
/// Beyond what must be encoded, the first octet of a line is where the line could be taken for a boundary, for the start
/// of a letter in a mailbox file or for the end of one in SMTP (RFC 2049 §3): such lines come into being where a long one
/// is broken. One thread.
final class QuotedPrintableEncoder implements Encoder {
    /// RFC 2045 §6.7 (5), the sign for a soft line break included.
    private static final int LINE = 76;

    private static final byte[] SOFT_BREAK = {'=', '\r', '\n'};
    private static final byte[] HARD_BREAK = {'\r', '\n'};
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final int NONE = -1;

    private final OutputStream out;
    private final byte[] line = new byte[LINE];
    private int column;
    /// The last octet: what becomes of it depends on the next.
    private int held = NONE;

    QuotedPrintableEncoder(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] octets, int from, int to) throws IOException {
        for (var i = from; i < to; i++) {
            var octet = octets[i] & 0xFF;
            if (octet == '\n' && held == '\r') {
                held = NONE;
                endLine(HARD_BREAK);
            } else {
                release(octet);
                held = octet;
            }
        }
    }

    @Override
    public void finish() throws IOException {
        release(NONE);
        held = NONE;
        out.write(line, 0, column);
        column = 0;
    }

    /// @param next what follows the octet that is held
    private void release(int next) throws IOException {
        if (held == NONE) {
            return;
        }
        var isLast = next == '\r' || next == NONE;
        var room = isLast ? LINE : LINE - 1;
        if (column + (isPlain(held, next) ? 1 : 3) > room) {
            endLine(SOFT_BREAK);
        }
        if (isPlain(held, next)) {
            line[column++] = (byte) held;
        } else {
            line[column++] = '=';
            line[column++] = HEX[held >> 4];
            line[column++] = HEX[held & 15];
        }
    }

    private void endLine(byte[] end) throws IOException {
        out.write(line, 0, column);
        out.write(end);
        column = 0;
    }

    private boolean isPlain(int octet, int next) {
        if (octet == ' ' || octet == '\t') {
            return next != '\r' && next != NONE;
        }
        return octet > ' ' && octet < 127 && octet != '=' && !(column == 0 && isRisky(octet, next));
    }

    private static boolean isRisky(int first, int next) {
        return first == '.' || first == '-' && next == '-' || first == 'F' && next == 'r';
    }
}
