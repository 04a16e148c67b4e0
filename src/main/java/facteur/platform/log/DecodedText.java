package facteur.platform.log;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A text as it reads when what is written by numbers is decoded: `%40` of addresses in the web, `+40` of xtext (RFC 3461 §4),
/// `=40` of quoted-printable, several octets of them being UTF-8; and without the backslash before a character. It knows where
/// each of its characters stands in the text itself. One thread.
final class DecodedText {
    private final StringBuilder characters;
    private int[] starts;
    private int[] ends;

    private DecodedText(int most) {
        characters = new StringBuilder(most);
        starts = new int[most];
        ends = new int[most];
    }

    /// The text as it is.
    static DecodedText plain(String text) {
        var plain = new DecodedText(text.length());
        for (var i = 0; i < text.length(); i++) {
            plain.add(text.charAt(i), i, i + 1);
        }
        return plain;
    }

    static DecodedText of(String text) {
        var decoded = new DecodedText(text.length());
        var i = 0;
        while (i < text.length()) {
            if (octet(text, i) >= 0) {
                i = decoded.addOctets(text, i);
            } else if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                decoded.add(text.charAt(i + 1), i, i + 2);
                i += 2;
            } else {
                decoded.add(text.charAt(i), i, i + 1);
                i++;
            }
        }
        return decoded;
    }

    /// All that follow each other: a character may be several.
    private int addOctets(String text, int start) {
        var octets = new byte[(text.length() - start) / 3];
        var count = 0;
        while (octet(text, start + 3 * count) >= 0) {
            octets[count] = (byte) octet(text, start + 3 * count);
            count++;
        }
        var end = start + 3 * count;
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, count));
            addTogether(decoded, count, start, end);
        } catch (CharacterCodingException otherCharset) {
            for (var i = 0; i < count; i++) {
                add((char) (octets[i] & 0xFF), start + 3 * i, start + 3 * i + 3);
            }
        }
        return end;
    }

    private void addTogether(CharBuffer decoded, int count, int start, int end) {
        for (var i = 0; i < decoded.length(); i++) {
            if (decoded.length() == count) {
                add(decoded.charAt(i), start + 3 * i, start + 3 * i + 3);
            } else {
                add(decoded.charAt(i), start, end); // Which octets make up the character doesn't matter.
            }
        }
    }

    private static int octet(String text, int start) {
        if (start + 2 >= text.length() || "%+=".indexOf(text.charAt(start)) < 0) {
            return -1;
        }
        var high = Character.digit(text.charAt(start + 1), 16);
        var low = Character.digit(text.charAt(start + 2), 16);
        return high < 0 || low < 0 || text.charAt(start + 1) > 'f' || text.charAt(start + 2) > 'f' ? -1 : high * 16 + low;
    }

    private void add(char character, int start, int end) {
        if (characters.length() == starts.length) {
            starts = Arrays.copyOf(starts, starts.length + 16);
            ends = Arrays.copyOf(ends, ends.length + 16);
        }
        starts[characters.length()] = start;
        ends[characters.length()] = end;
        characters.append(fold(character));
    }

    /// The same for a letter in any case.
    static char fold(char character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    /// Where a text begins here, at this place or behind; -1 when nowhere.
    ///
    /// @param folded as [#fold] makes it
    int indexOf(String folded, int from) {
        return characters.indexOf(folded, from);
    }

    /// Whether no letter and no digit is on either side.
    boolean isWord(int start, int end) {
        return (start == 0 || !Character.isLetterOrDigit(characters.charAt(start - 1)))
                && (end == characters.length() || !Character.isLetterOrDigit(characters.charAt(end)));
    }

    /// Where a character begins in the text itself.
    int startOf(int index) {
        return starts[index];
    }

    /// Where it ends there.
    int endOf(int index) {
        return ends[index];
    }
}
