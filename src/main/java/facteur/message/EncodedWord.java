package facteur.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The encoded words of RFC 2047: names beyond US-ASCII in a US-ASCII header.
final class EncodedWord {
    private static final Pattern FORM = Pattern.compile("=\\?([!-~&&[^?*]]+)(?:\\*[!-~&&[^?]]*)?\\?([BbQq])\\?([!-~&&[^?]]*)\\?=");
    private static final String PREFIX = "=?UTF-8?B?";
    private static final String SUFFIX = "?=";

    /// RFC 2047 §2: 75 characters in all and 76 in the line, of which `Reply-To: ` takes ten; in Base64 each three
    /// octets take four.
    private static final int OCTETS = (66 - PREFIX.length() - SUFFIX.length()) / 4 * 3;

    private EncodedWord() {}

    /// Decodes every encoded word in the text; what can't be decoded stays as it is. Blanks between two of them are
    /// part of the encoding (RFC 2047 §6.2).
    static String decodeAll(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        var joined = text.replaceAll("\\?=\\s+=\\?", "?==?");
        return FORM.matcher(joined)
                .replaceAll(word -> Matcher.quoteReplacement(
                        decode(word.group(1), word.group(2), word.group(3)).orElse(word.group())));
    }

    private static Optional<String> decode(String charset, String encoding, String content) {
        try {
            var octets = encoding.equalsIgnoreCase("B")
                    ? Base64.getDecoder().decode(content)
                    : unquote(content);
            return Optional.of(new String(octets, Charset.forName(charset)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] unquote(String content) {
        var octets = new ByteArrayOutputStream(content.length());
        for (var i = 0; i < content.length(); i++) {
            var c = content.charAt(i);
            if (c == '=' && i + 2 < content.length() && isHex(content.charAt(i + 1)) && isHex(content.charAt(i + 2))) {
                octets.write(Integer.parseInt(content.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                octets.write(c == '_' ? ' ' : c);
            }
        }
        return octets.toByteArray();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }

    /// Encodes a text as one or more words, none cutting a character in two.
    static List<String> encode(String text) {
        var words = new ArrayList<String>();
        var chunk = new StringBuilder();
        var octets = 0;
        for (var c : text.codePoints().toArray()) {
            var character = Character.toString(c);
            var length = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > OCTETS) {
                words.add(word(chunk.toString()));
                chunk.setLength(0);
                octets = 0;
            }
            chunk.append(character);
            octets += length;
        }
        words.add(word(chunk.toString()));
        return words;
    }

    private static String word(String text) {
        return PREFIX + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + SUFFIX;
    }
}
