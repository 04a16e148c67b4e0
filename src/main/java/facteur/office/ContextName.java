package facteur.office;

import java.text.Normalizer;
import java.util.Locale;

/// The kind of a letter: `task`, `invoice`, or any name an office gives. Compared in lower case, and in Unicode's composed form
/// (NFC): programs differ in whether an accent is a character of its own.
public record ContextName(String text) {
    private static final int LIMIT = 128;

    /// Characters looked at: a letter may come with its accents beside it, and putting a long row of them into their order
    /// takes the square of its length.
    private static final int READ_LIMIT = 1024;

    /// Stands for what can't be a name: too long, or with control characters. No office can configure it.
    public static final ContextName UNREADABLE = new ContextName("?");

    /// @param text trimmed, not empty
    public static ContextName of(String text) {
        if (text.length() > READ_LIMIT || ControlCharacters.areIn(text)) {
            return UNREADABLE;
        }
        var composed = Normalizer.normalize(Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        return composed.length() <= LIMIT ? new ContextName(composed) : UNREADABLE;
    }

    @Override
    public String toString() {
        return text;
    }
}
