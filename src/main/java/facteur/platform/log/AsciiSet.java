package facteur.platform.log;

import java.util.function.IntPredicate;

/// Some characters of US-ASCII. Immutable.
final class AsciiSet {
    static final AsciiSet ALL = new AsciiSet(_ -> true);

    /// All that can be seen, and the blank, but those that a quoted text escapes.
    static final AsciiSet UNESCAPED = new AsciiSet(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');

    private static final int SIZE = 0x80;

    private final boolean[] has = new boolean[SIZE];

    AsciiSet(IntPredicate has) {
        for (var c = 0; c < SIZE; c++) {
            this.has[c] = has.test(c);
        }
    }

    boolean has(char c) {
        return c < SIZE && has[c];
    }

    /// Whether a text consists of them.
    boolean hasAll(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!has(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
