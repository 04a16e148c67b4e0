package facteur.platform.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A text as it reads when what is written by numbers is decoded: `%40` of addresses in the web, `+40` of xtext (RFC 3461 §4),
/// `=40` of quoted-printable, several octets of them being UTF-8; and without the backslash before a character. It knows where
/// each of its characters stands in the text itself. One thread.
final class DecodedText {
    private static final String NUMBER_SIGNS = "%+=";
    private static final int MOST_OCTETS = 4;

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

    /// Whether anything may be written by numbers, or behind a backslash; otherwise it reads as it stands there.
    static boolean isEncoded(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' || NUMBER_SIGNS.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    static DecodedText of(String text) {
        var decoded = new DecodedText(text.length());
        var i = 0;
        while (i < text.length()) {
            if (octet(text, i) >= 0) {
                i = decoded.addOctets(text, i);
            } else if (text.charAt(i) == '\\' && octet(text, i + 1) >= 0) {
                i++; // What follows reads as a number all the same.
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

    /// A character may be several; what isn't UTF-8 is ISO-8859-1, octet by octet.
    private int addOctets(String text, int start) {
        var octets = new byte[length(octet(text, start))];
        var count = 0;
        while (count < octets.length && octet(text, start + 3 * count) >= 0) {
            octets[count] = (byte) octet(text, start + 3 * count);
            count++;
        }
        try {
            var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, count));
            var end = start + 3 * count;
            decoded.chars().forEach(character -> add((char) character, start, end));
            return end;
        } catch (CharacterCodingException otherCharset) {
            add((char) (octets[0] & 0xFF), start, start + 3);
            return start + 3;
        }
    }

    /// Of the character in UTF-8 that begins with the octet (RFC 3629 §3).
    private static int length(int octet) {
        return octet < 0xC0 ? 1 : octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : MOST_OCTETS;
    }

    private static int octet(String text, int start) {
        if (start + 2 >= text.length() || NUMBER_SIGNS.indexOf(text.charAt(start)) < 0) {
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
        if (character <= '~') {
            return character >= 'A' && character <= 'Z' ? (char) (character + 'a' - 'A') : character;
        }
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

    /// As it reads, folded.
    @Override
    public String toString() {
        return characters.toString();
    }
}
