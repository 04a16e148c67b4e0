package facteur.mail.dkim;

import facteur.mail.message.HeaderField;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The "relaxed" form of a field (RFC 6376 §3.4.2): the name in lower case, the value unfolded, one space for blanks in a
/// row, and none around it.
final class RelaxedHeader {
    private RelaxedHeader() {}

    /// The field in this form, with its CRLF.
    static byte[] of(HeaderField field) {
        var octets = field.octets();
        var out = new ByteArrayOutputStream(octets.length);
        out.writeBytes((field.name().toLowerCase(Locale.ROOT) + ":").getBytes(StandardCharsets.US_ASCII));
        var i = 0;
        while (octets[i] != ':') {
            i++;
        }
        var nameSize = out.size();
        var afterBlank = false;
        for (i++; i < octets.length; i++) {
            switch (octets[i]) {
                case '\r', '\n' -> {}
                case ' ', '\t' -> afterBlank = true;
                default -> {
                    if (afterBlank && out.size() > nameSize) {
                        out.write(' ');
                    }
                    afterBlank = false;
                    out.write(octets[i]);
                }
            }
        }
        out.write('\r');
        out.write('\n');
        return out.toByteArray();
    }
}
