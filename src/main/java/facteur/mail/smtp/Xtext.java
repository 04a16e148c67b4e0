package facteur.mail.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text in a parameter of MAIL or RCPT (RFC 3461 §4): printable US-ASCII, written so that it holds neither a blank nor a
/// `=`. What decodes to anything else, a line end among them, is none.
///
/// @param encoded as it was written, and as it goes on
public record Xtext(String encoded) {
    private static final int LIMIT = 500;

    /// Plain characters, or `+` and two digits, upper case, for a character from blank to tilde.
    private static final Pattern FORM = Pattern.compile("(?:[!-*,-<>-~]|\\+(?:[2-6][0-9A-F]|7[0-9A-E]))+");

    private static final Pattern HEX = Pattern.compile("\\+(..)");

    /// @throws IllegalArgumentException when it isn't xtext
    public Xtext {
        if (!isXtext(encoded)) {
            throw new IllegalArgumentException("not xtext");
        }
    }

    public static Optional<Xtext> parse(String text) {
        return isXtext(text) ? Optional.of(new Xtext(text)) : Optional.empty();
    }

    /// About how many octets of memory it takes.
    int memoryBytes() {
        return TextMemory.OBJECT_BYTES + TextMemory.bytes(encoded);
    }

    /// What it says.
    public String decoded() {
        return HEX.matcher(encoded)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(match.group(1), 16))));
    }

    static boolean isXtext(String text) {
        return text.length() <= LIMIT && FORM.matcher(text).matches();
    }
}
