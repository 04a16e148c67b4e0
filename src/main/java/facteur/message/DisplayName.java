package facteur.message;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// Cleans the name that stands before an address, so that it can only ever be read as a name.
final class DisplayName {
    private static final int LIMIT = 128;

    /// A word with an at sign, in any of its widths.
    private static final Pattern ADDRESS_LIKE = Pattern.compile("\\S*[@\\uFE6B\\uFF20]\\S*");

    private DisplayName() {}

    /// Control characters become blanks; what can't be seen or turns the reading direction goes, as does any word that
    /// looks like an address; blanks are joined. At most 128 characters.
    static String clean(String text) {
        var visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.SPACE_SEPARATOR,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> visible.append(' ');
                case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> {}
                default -> visible.appendCodePoint(c);
            }
        });
        var name = ADDRESS_LIKE.matcher(Normalizer.normalize(visible, Normalizer.Form.NFC)).replaceAll("");
        name = name.replaceAll(" +", " ").strip();
        return name.codePointCount(0, name.length()) <= LIMIT
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LIMIT)).strip();
    }
}
