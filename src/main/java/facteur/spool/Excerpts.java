package facteur.spool;

import java.util.Optional;

/// What reports say of recipients in words alone, a line for each: `client@example.com: no such mailbox`. Kept apart from
/// diagnostics, which reasons follow from: this is only shown.
public final class Excerpts {
    private static final String COLON = ": ";

    private Excerpts() {}

    /// @param words of one line
    public static String line(String address, String words) {
        return address + COLON + words;
    }

    /// @param text of a report
    static Optional<String> of(String text, String address) {
        var start = address + COLON;
        return text.lines().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length())).findFirst();
    }
}
