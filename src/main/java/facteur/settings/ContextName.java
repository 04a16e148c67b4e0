package facteur.settings;

import java.util.Locale;

/// The kind of a letter: `task`, `invoice`, or any name an office gives. Compared in lower case.
public record ContextName(String text) {
    private static final int LIMIT = 128;

    /// Stands for what can't be a name: too long, or with control characters. No office can configure it.
    public static final ContextName UNREADABLE = new ContextName("?");

    /// @param text trimmed, not empty
    public static ContextName of(String text) {
        var readable = text.length() <= LIMIT && text.chars().noneMatch(Character::isISOControl);
        return readable ? new ContextName(text.toLowerCase(Locale.ROOT)) : UNREADABLE;
    }

    @Override
    public String toString() {
        return text;
    }
}
