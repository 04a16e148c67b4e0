package facteur.console;

import java.util.regex.Pattern;

/// A word of a command line, as shells read it (POSIX, 2.2.2). Stateless.
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWord() {}

    static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
