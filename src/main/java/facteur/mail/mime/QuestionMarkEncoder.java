package facteur.mail.mime;

import java.io.IOException;
import java.io.OutputStream;

/// A question mark for each 8-bit octet. One thread.
final class QuestionMarkEncoder implements Encoder {
    private final OutputStream out;

    QuestionMarkEncoder(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(byte[] octets, int from, int to) throws IOException {
        for (var i = from; i < to; i++) {
            out.write(octets[i] < 0 ? '?' : octets[i]);
        }
    }

    @Override
    public void finish() {}
}
