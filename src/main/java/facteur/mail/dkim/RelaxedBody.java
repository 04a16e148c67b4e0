package facteur.mail.dkim;

import java.io.IOException;
import java.io.OutputStream;

/// The "relaxed" form (RFC 6376 §3.4.4): one space for blanks in a row, none at the end of a line, no empty lines at the end, and a
/// CRLF behind the last line if there is one.
final class RelaxedBody extends CanonicalBody {
    private boolean afterBlank;
    private boolean hasText;

    RelaxedBody(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        switch (octet) {
            case '\r' -> {}
            case '\n' -> {
                endLine();
                afterBlank = false;
            }
            case ' ', '\t' -> afterBlank = true;
            default -> {
                putLineEnds();
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
    void finish() throws IOException {
        if (hasText) {
            putLineEnd();
        }
        drain();
    }
}
