package facteur.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Octets of any kind in lines that every mail server takes (RFC 2045 §6.7).
public final class QuotedPrintable {
    /// RFC 2045 §6.7 (5), the sign for a soft line break included.
    private static final int LINE = 76;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private QuotedPrintable() {}

    /// @param text as UTF-8; its lines end in CRLF
    public static String encode(String text) {
        return new String(encode(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);
    }

    /// @param octets lines end in CRLF; a CR or LF elsewhere is an octet like others
    public static byte[] encode(byte[] octets) {
        var encoded = new ByteArrayOutputStream(octets.length + octets.length / 4);
        var start = 0;
        for (var i = 0; i + 1 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n') {
                append(encoded, octets, start, i);
                encoded.write('\r');
                encoded.write('\n');
                start = i + 2;
            }
        }
        append(encoded, octets, start, octets.length);
        return encoded.toByteArray();
    }

    private static void append(ByteArrayOutputStream encoded, byte[] octets, int from, int to) {
        var column = 0;
        for (var i = from; i < to; i++) {
            var isLast = i == to - 1;
            var isPlain = isPlain(octets[i], isLast);
            var width = isPlain ? 1 : 3;
            if (column + width > (isLast ? LINE : LINE - 1)) {
                encoded.writeBytes(new byte[] {'=', '\r', '\n'});
                column = 0;
            }
            if (isPlain) {
                encoded.write(octets[i]);
            } else {
                encoded.write('=');
                encoded.write(HEX.toHighHexDigit(octets[i]));
                encoded.write(HEX.toLowHexDigit(octets[i]));
            }
            column += width;
        }
    }

    /// A blank at the end of a line may get lost on the way (RFC 2045 §6.7 (3)).
    private static boolean isPlain(byte octet, boolean isLast) {
        return octet > ' ' && octet < 127 && octet != '=' || octet == ' ' && !isLast;
    }
}
