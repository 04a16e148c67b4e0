package facteur.platform.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A line that is being written, in UTF-8. It counts characters, too: the [LineFormat] cuts by these. One thread.
final class Line {
    /// Most are shorter.
    private static final int ROOM = 512;

    private byte[] octets = new byte[ROOM];
    private int length;
    /// So many octets more than characters of the line.
    private int surplus;

    /// @param prefix in US-ASCII; no character of it counts
    Line(String prefix) {
        append(prefix);
        surplus = length;
    }

    /// Characters, as of a [String].
    int length() {
        return length - surplus;
    }

    void append(String text) {
        if (!appendIf(AsciiSet.ALL, text)) {
            var encoded = text.getBytes(StandardCharsets.UTF_8);
            ensureRoom(encoded.length);
            System.arraycopy(encoded, 0, octets, length, encoded.length);
            length += encoded.length;
            surplus += encoded.length - text.length();
        }
    }

    /// Appends the text if it consists of such characters only.
    ///
    /// @return whether it does; otherwise nothing is appended
    boolean appendIf(AsciiSet allowed, String text) {
        var count = text.length();
        ensureRoom(count);
        var to = octets;
        var start = length;
        for (var i = 0; i < count; i++) {
            var c = text.charAt(i);
            if (!allowed.has(c)) {
                return false;
            }
            to[start + i] = (byte) c;
        }
        length = start + count;
        return true;
    }

    /// @param ascii a character of US-ASCII
    void append(char ascii) {
        ensureRoom(1);
        octets[length++] = (byte) ascii;
    }

    private void ensureRoom(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + more));
        }
    }

    byte[] octets() {
        return Arrays.copyOf(octets, length);
    }

    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
