package facteur.mail.bounce;

import java.util.stream.Collectors;

/// Words of others as one line of printable US-ASCII.
final class PrintableAscii {
    /// RFC 5322 §2.1.1 ends a line at 998 octets; a reply of many lines is longer.
    private static final int LIMIT = 900;

    private PrintableAscii() {}

    static String of(String text) {
        return text.codePoints()
                .limit(LIMIT)
                .mapToObj(c -> c >= ' ' && c < 127 ? Character.toString(c) : "?")
                .collect(Collectors.joining())
                .strip();
    }
}
