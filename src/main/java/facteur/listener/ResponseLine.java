package facteur.listener;

import facteur.mail.smtp.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A line that answers a challenge (RFC 4954 §4). SubEthaSMTP's own reader would accept 1,000 octets, and log them at
/// debug.
final class ResponseLine {
    /// RFC 4954 §4, with CRLF.
    static final int LIMIT_BYTES = 12_288;

    private ResponseLine() {}

    /// Reads up to CRLF, also when the line is too long: no part of it may run as a command.
    ///
    /// @return the line without its end, one character per octet
    static Parsed<String> read(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream(128);
        var isTooLong = false;
        var last = 0;
        while (true) {
            var octet = in.read();
            if (octet < 0) {
                throw new EOFException("connection lost inside a login");
            }
            if (octet == '\n' && last == '\r') {
                break;
            }
            isTooLong |= line.size() + 1 == LIMIT_BYTES;
            if (!isTooLong) {
                line.write(octet);
            }
            last = octet;
        }
        var text = line.toString(StandardCharsets.ISO_8859_1);
        return isTooLong
                ? new Parsed.Bad<>(Replies.RESPONSE_TOO_LONG)
                : new Parsed.Good<>(text.substring(0, text.length() - 1));
    }
}
