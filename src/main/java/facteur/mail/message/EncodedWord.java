package facteur.mail.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// An encoded word of RFC 2047, as it stands in a text: characters beyond US-ASCII in a US-ASCII header. Immutable.
///
/// @param charset without the language that RFC 2231 §5 lets follow it
/// @param content still encoded
/// @param start of `=?` in the text
/// @param end behind `?=`
record EncodedWord(String charset, Encoding encoding, String content, int start, int end) {
    enum Encoding {
        BASE64,
        QUOTED
    }

    private static final String OPEN = "=?";
    private static final String CLOSE = "?=";
    private static final Pattern BROKEN = Pattern.compile("=(?![0-9A-Fa-f]{2})");
    private static final Pattern BASE64_FORM = Pattern.compile("[A-Za-z0-9+/]*={0,2}");
    private static final String PREFIX = "=?UTF-8?B?";

    /// RFC 2047 §2: 75 characters in all and 76 in the line, of which `Reply-To: ` takes ten; in Base64 each three
    /// octets take four.
    private static final int OCTETS = (66 - PREFIX.length() - CLOSE.length()) / 4 * 3;

    /// Finds the words in a text, in order. Blanks and question marks inside of one are taken, which RFC 2047 §2 forbids and
    /// some programs write. Takes the time of the text's length.
    static List<EncodedWord> in(String text) {
        if (!text.contains(OPEN)) {
            return List.of();
        }
        var words = new ArrayList<EncodedWord>();
        var close = 0;
        for (var open = text.indexOf(OPEN); open >= 0;) {
            var content = content(text, open);
            // The same end may serve many a try: it is looked for once.
            close = content < 0 || close >= content ? close : text.indexOf(CLOSE, content);
            if (close < 0) {
                break;
            }
            var word = content < 0 ? Optional.<EncodedWord>empty() : word(text, open, content, close);
            word.ifPresent(words::add);
            open = text.indexOf(OPEN, word.map(EncodedWord::end).orElse(open + 1));
        }
        return words;
    }

    /// Whether what begins like a word stands in the text, from a place on.
    static boolean opensIn(String text, int from, int to) {
        for (var open = text.indexOf(OPEN, from); open >= 0 && open < to; open = text.indexOf(OPEN, open + 1)) {
            if (content(text, open) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// Behind `=?charset?Q?`, or -1 when that doesn't stand there.
    private static int content(String text, int open) {
        var i = open + OPEN.length();
        while (i < text.length() && text.charAt(i) > ' ' && text.charAt(i) < 127 && text.charAt(i) != '?') {
            i++;
        }
        return i > open + OPEN.length()
                && i + 2 < text.length()
                && text.charAt(i) == '?'
                && "BbQq".indexOf(text.charAt(i + 1)) >= 0
                && text.charAt(i + 2) == '?'
                        ? i + 3
                        : -1;
    }

    private static Optional<EncodedWord> word(String text, int open, int content, int close) {
        if (opensIn(text, content, close)) {
            return Optional.empty();
        }
        for (var i = content; i < close; i++) {
            if (text.charAt(i) < ' ' && text.charAt(i) != '\t' || text.charAt(i) > '~') {
                return Optional.empty();
            }
        }
        var charset = text.substring(open + OPEN.length(), content - 3).replaceFirst("\\*.*", "");
        var encoding = Character.toUpperCase(text.charAt(content - 2)) == 'B' ? Encoding.BASE64 : Encoding.QUOTED;
        return charset.isEmpty()
                ? Optional.empty()
                : Optional.of(new EncodedWord(charset, encoding, text.substring(content, close), open, close + CLOSE.length()));
    }

    /// Whether the octets of both belong to one text (RFC 2047 §5: no character may be cut in two; many programs do it).
    boolean continues(EncodedWord before) {
        return charset.toLowerCase(Locale.ROOT).equals(before.charset.toLowerCase(Locale.ROOT));
    }

    /// What a row of words of one charset encodes, exactly as in RFC 2047 §4; only that Base64 may be cut between two of
    /// them at any place.
    ///
    /// @return empty when the content is broken: an equals sign without its two digits, Base64 of a wrong length
    static Optional<byte[]> octets(List<EncodedWord> row) {
        var octets = new ByteArrayOutputStream();
        var base64 = new StringBuilder();
        for (var word : row) {
            switch (word.encoding) {
                case BASE64 -> base64.append(word.withoutBlanks());
                case QUOTED -> {
                    if (!base64.isEmpty() || BROKEN.matcher(word.content).find()) {
                        return Optional.empty();
                    }
                    octets.writeBytes(word.unquoted());
                }
            }
            if (base64.length() % 4 == 0) {
                var part = base64(base64.toString());
                if (part.isEmpty()) {
                    return Optional.empty();
                }
                octets.writeBytes(part.get());
                base64.setLength(0);
            }
        }
        return base64.isEmpty() ? Optional.of(octets.toByteArray()) : Optional.empty();
    }

    /// What this word encodes, as mail programs read it: padding may be missing, and an equals sign may stand for itself.
    Optional<byte[]> readableOctets() {
        return switch (encoding) {
            case BASE64 -> base64(withoutBlanks().replaceFirst("=+$", ""));
            case QUOTED -> Optional.of(unquoted());
        };
    }

    private String withoutBlanks() {
        return content.replace(" ", "").replace("\t", "");
    }

    private static Optional<byte[]> base64(String content) {
        // One digit alone is no octet. Asked first: an exception for each of ten thousand words takes its time.
        if (!BASE64_FORM.matcher(content).matches() || content.replace("=", "").length() % 4 == 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(content));
        } catch (IllegalArgumentException wrongLength) {
            return Optional.empty();
        }
    }

    private byte[] unquoted() {
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
                words.add(encoded(chunk.toString()));
                chunk.setLength(0);
                octets = 0;
            }
            chunk.append(character);
            octets += length;
        }
        words.add(encoded(chunk.toString()));
        return words;
    }

    private static String encoded(String text) {
        return PREFIX + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + CLOSE;
    }
}
