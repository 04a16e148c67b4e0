package facteur.mail.message;

import java.io.IOException;
import java.io.OutputStream;

/// A letter's content: its header and its body, with the empty line between them that belongs to neither.
///
/// Immutable; safe to share between threads.
public record Message(Header header, Body body) {
    public Message withHeader(Header other) {
        return new Message(other, body);
    }

    /// What [#writeTo] writes, in octets.
    public long sizeBytes() {
        return header.sizeBytes() + 2L + body.sizeBytes();
    }

    /// Writes header, empty line and body, lines ended by CRLF, without dot-stuffing.
    public void writeTo(OutputStream out) throws IOException {
        header.writeTo(out);
        out.write('\r');
        out.write('\n');
        body.writeTo(out);
    }
}
