package facteur.mail.dkim;

import java.io.IOException;
import java.io.OutputStream;

/// The "simple" form (RFC 6376 §3.4.3): one CRLF at the end, however many there were.
final class SimpleBody extends CanonicalBody {
    SimpleBody(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        switch (octet) {
            case '\r' -> {}
            case '\n' -> endLine();
            default -> {
                putLineEnds();
                put((byte) octet);
            }
        }
    }

    @Override
    void finish() throws IOException {
        putLineEnd();
        drain();
    }
}
