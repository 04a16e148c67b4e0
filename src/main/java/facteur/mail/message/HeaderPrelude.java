package facteur.mail.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What programs put before the header: the `From ` line of a mailbox file (RFC 4155), as some mailers pass it on, and the mark
/// of UTF-8 that editors begin a file with.
final class HeaderPrelude {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /// The name that Postfix and Sendmail give it.
    private static final byte[] FIELD = "X-Mailbox-Line: ".getBytes(StandardCharsets.US_ASCII);

    private HeaderPrelude() {}

    /// Behind the mark that the octets start with; 0 when they don't.
    static int mark(byte[] octets, int to) {
        return startsWith(octets, 0, to, MARK) ? MARK.length : 0;
    }

    /// Whether a line is that of a mailbox file, quoted as often as it may be.
    static boolean isMailboxLine(byte[] octets, int from, int to) {
        var start = from;
        while (start < to && octets[start] == '>') {
            start++;
        }
        return startsWith(octets, start, to, new byte[] {'F', 'r', 'o', 'm', ' '});
    }

    private static boolean startsWith(byte[] octets, int from, int to, byte[] prefix) {
        if (to - from < prefix.length) {
            return false;
        }
        for (var i = 0; i < prefix.length; i++) {
            if (octets[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /// The lines as fields, the mark left out.
    ///
    /// @param to behind the last mailbox line
    static byte[] asFields(byte[] octets, int to) {
        var fields = new ByteArrayOutputStream(to + FIELD.length);
        var start = mark(octets, to);
        for (var i = start; i < to; i++) {
            if (octets[i] == '\n') {
                fields.writeBytes(FIELD);
                fields.write(octets, start, i + 1 - start);
                start = i + 1;
            }
        }
        return fields.toByteArray();
    }
}
