package facteur.mail.message;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Cleans the names of people and companies of what can't be seen. Stateless.
public final class DisplayName {
    private static final int LIMIT = 128;

    /// Characters looked at: putting a long row of accents into their order takes the square of its length.
    private static final int READ_LIMIT = 1024;

    /// The at sign in all its widths: a word with one looks like an address.
    private static final String AT_SIGNS = "@\uFE6B\uFF20";

    /// Letters, marks and symbols that show as nothing.
    private static final String INVISIBLE = "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0";

    private DisplayName() {}

    /// For a name before an address, so that it can only ever be read as a name: as [#visible], and words that look like an
    /// address go.
    static String clean(String text) {
        return isPlain(text) && text.indexOf('@') < 0 ? text : cleanAnyhow(text);
    }

    static String cleanAnyhow(String text) {
        return visible(text, word -> word.chars().noneMatch(c -> AT_SIGNS.indexOf(c) >= 0));
    }

    /// Control characters become blanks; what can't be seen or turns the reading direction goes; blanks are joined. At most
    /// 128 characters.
    public static String visible(String text) {
        return isPlain(text) ? text : visibleAnyhow(text);
    }

    static String visibleAnyhow(String text) {
        return visible(text, _ -> true);
    }

    /// Short, of characters that show and stay as they are, with one blank between words: most names are, and mailboxes are
    /// made of one all the time.
    private static boolean isPlain(String text) {
        if (text.length() > LIMIT) {
            return false;
        }
        var afterBlank = true;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == ' ' ? afterBlank : !isPlain(c)) {
                return false;
            }
            afterBlank = c == ' ';
        }
        return !afterBlank || text.isEmpty();
    }

    /// Of US-ASCII or a Latin letter, below the first mark that joins the character before it.
    private static boolean isPlain(char c) {
        return c > ' ' && c < 127 || c >= '\u00C0' && c < '\u0250';
    }

    private static String visible(String text, Predicate<String> counts) {
        var visible = new StringBuilder();
        text.codePoints().takeWhile(c -> visible.length() < READ_LIMIT).forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.SPACE_SEPARATOR,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                    visible.append(' ');
                case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> {}
                default -> {
                    if (INVISIBLE.indexOf(c) < 0) {
                        visible.appendCodePoint(c);
                    }
                }
            }
        });
        var name = Arrays.stream(Normalizer.normalize(visible, Normalizer.Form.NFC).split(" "))
                .filter(word -> !word.isEmpty() && counts.test(word))
                .collect(Collectors.joining(" "));
        return name.codePointCount(0, name.length()) <= LIMIT
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LIMIT)).strip();
    }
}
