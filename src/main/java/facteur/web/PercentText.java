package facteur.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Percent-encoded UTF-8 (RFC 3986 §2.1), read strictly: what isn't plainly one text is none. Stateless.
public final class PercentText {
    private static final int ESCAPE = 3;

    private PercentText() {}

    /// @return empty for half an escape, an octet that is no UTF-8, a control character, or anything but US-ASCII outside of
    ///     escapes
    public static Optional<String> decode(String raw) {
        var octets = ByteBuffer.allocate(raw.length());
        for (var i = 0; i < raw.length(); i++) {
            var c = raw.charAt(i);
            if (c == '%') {
                if (i + ESCAPE > raw.length()) {
                    return Optional.empty();
                }
                var high = Character.digit(raw.charAt(i + 1), 16);
                var low = Character.digit(raw.charAt(i + 2), 16);
                if (high < 0 || low < 0 || raw.charAt(i + 1) > '~' || raw.charAt(i + 2) > '~') {
                    return Optional.empty();
                }
                octets.put((byte) (high << 4 | low));
                i += ESCAPE - 1;
            } else if (c >= ' ' && c <= '~') {
                octets.put((byte) c);
            } else {
                return Optional.empty();
            }
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(octets.flip()).toString();
            return text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// A text as one segment of a path, or as a value of a query.
    public static String encode(String text) {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (octet & 0xFF);
            if (c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '~')) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
