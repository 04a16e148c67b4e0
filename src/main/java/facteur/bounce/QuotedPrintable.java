package facteur.bounce;

import java.nio.charset.StandardCharsets;

/// Text beyond US-ASCII in lines that every mail server takes (RFC 2045 §6.7).
public final class QuotedPrintable {
    /// RFC 2045 §6.7 (5), the sign for a soft line break included.
    private static final int LINE = 76;

    private QuotedPrintable() {}

    /// @param text lines end in CRLF
    public static String encode(String text) {
        var encoded = new StringBuilder(text.length() + text.length() / 4);
        for (var line : text.split("(?<=\r\n)")) {
            var isEnded = line.endsWith("\r\n");
            append(encoded, isEnded ? line.substring(0, line.length() - 2) : line);
            encoded.append(isEnded ? "\r\n" : "");
        }
        return encoded.toString();
    }

    private static void append(StringBuilder encoded, String line) {
        var octets = line.getBytes(StandardCharsets.UTF_8);
        var column = 0;
        for (var i = 0; i < octets.length; i++) {
            var isLast = i == octets.length - 1;
            var token = token(octets[i] & 0xFF, isLast);
            if (column + token.length() > (isLast ? LINE : LINE - 1)) {
                encoded.append("=\r\n");
                column = 0;
            }
            encoded.append(token);
            column += token.length();
        }
    }

    private static String token(int octet, boolean isLast) {
        var isPlain = octet > ' ' && octet < 127 && octet != '=' || octet == ' ' && !isLast;
        return isPlain ? Character.toString(octet) : "=%02X".formatted(octet);
    }
}
