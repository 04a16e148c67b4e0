package facteur.mail.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/// Base64 in lines (RFC 2045 §6.8). One thread.
final class Base64Encoder implements Encoder {
    private final OutputStream encoding;

    Base64Encoder(OutputStream out) {
        encoding = Base64.getMimeEncoder().wrap(new LeftOpen(out));
    }

    @Override
    public void write(byte[] octets, int from, int to) throws IOException {
        encoding.write(octets, from, to - from);
    }

    @Override
    public void finish() throws IOException {
        encoding.close();
    }

    private static final class LeftOpen extends FilterOutputStream {
        LeftOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
        }

        @Override
        public void close() {
            // Ours to finish, not to close.
        }
    }
}
