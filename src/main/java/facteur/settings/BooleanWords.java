package facteur.settings;

import java.util.Locale;

/// Yes or no, in the words of files, databases and services: `t` is what PostgreSQL's driver makes of a boolean, 1 what
/// MySQL, Oracle and SQL Server have in its place, and what PHP sends.
enum BooleanWords {
    FALSE,
    TRUE;

    /// In capitals or not.
    ///
    /// @throws IllegalArgumentException for any other word: its meaning is not certain
    static BooleanWords parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> TRUE;
            case "false", "f", "no", "n", "off", "0" -> FALSE;
            default -> throw new IllegalArgumentException("'" + text + "' is not one of true, false");
        };
    }
}
