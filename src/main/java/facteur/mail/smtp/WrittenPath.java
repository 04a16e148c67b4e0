package facteur.mail.smtp;

import java.util.Optional;
import java.util.regex.Pattern;

/// A path as apps write it. Stateless.
final class WrittenPath {
    /// RFC 5321 §4.1.2: A-d-l, and the colon behind it.
    private static final Pattern ROUTE = Pattern.compile("@[^@,:<>\"\\s]+(?:,@[^@,:<>\"\\s]+)*:(?=.)");

    private WrittenPath() {}

    /// Where the path ends: at the first blank outside its brackets and quotes. So what touches the closing bracket is part
    /// of it, and of no path.
    static int end(String text) {
        var depth = 0;
        for (var i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"' -> i = endOfQuoted(text, i);
                case '<' -> depth++;
                case '>' -> depth--;
                case ' ', '\t' -> {
                    if (depth <= 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return text.length();
    }

    /// The one address that can be meant, unchecked; empty when there is none, or perhaps another.
    static Optional<String> address(String path) {
        if (!path.startsWith("<")) {
            return Optional.of(path).filter(bare -> !bare.isEmpty() && bracket(bare, 0) < 0).map(WrittenPath::withoutRoute);
        }
        if (!path.endsWith(">") || path.length() == 1) {
            return Optional.empty();
        }
        var inside = path.substring(1, path.length() - 1).strip();
        var open = bracket(inside, 0);
        if (open < 0) {
            return Optional.of(withoutRoute(inside));
        }
        // A mailbox in the place of its address: <Jan <jan@dupont.example>>.
        return inside.charAt(open) == '<' && isName(inside.substring(0, open)) && bracket(inside, open + 1) == inside.length() - 1
                ? address(inside.substring(open))
                : Optional.empty();
    }

    private static boolean isName(String text) {
        return text.chars().noneMatch(c -> c == '@' || Character.isISOControl(c));
    }

    /// Where the next angle bracket outside a quoted string is; -1 when there is none.
    private static int bracket(String text, int from) {
        for (var i = from; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"' -> i = endOfQuoted(text, i);
                case '<', '>' -> {
                    return i;
                }
                default -> {}
            }
        }
        return -1;
    }

    /// Where the closing quote is; the end of the text when there is none.
    private static int endOfQuoted(String text, int start) {
        var i = start + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    private static String withoutRoute(String address) {
        if (!address.startsWith("@")) {
            return address;
        }
        var route = ROUTE.matcher(address);
        return route.lookingAt() ? address.substring(route.end()) : address;
    }
}
