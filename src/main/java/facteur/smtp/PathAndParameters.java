package facteur.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The form that MAIL and RCPT share: `FROM:<path> keyword[=value] …` (RFC 5321 §4.1.2).
///
/// Lenient in one point, as every relay is: blanks between the colon and the path.
///
/// @param path between the angle brackets, unchecked; empty for `<>`
record PathAndParameters(String path, List<Parameter> parameters) {
    /// @param keyword in upper case
    /// @param value empty when there is none
    record Parameter(String keyword, String value) {}

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([!-<>-~\\x80-\\x{10FFFF}]+))?");

    static Parsed<PathAndParameters> parse(String prefix, String text) {
        if (!text.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return syntax(prefix);
        }
        var rest = text.substring(prefix.length()).stripLeading();
        var end = endOfPath(rest);
        if (end < 0) {
            return syntax(prefix);
        }
        var parameters = new ArrayList<Parameter>();
        var tail = rest.substring(end + 1);
        if (!tail.isEmpty() && tail.charAt(0) != ' ') {
            return syntax(prefix);
        }
        for (var word : tail.strip().split(" ")) {
            if (word.isEmpty()) {
                continue;
            }
            var matcher = PARAMETER.matcher(word);
            if (!matcher.matches()) {
                return new Parsed.Bad<>(Reply.of(501, 5, 4, "Bad parameter"));
            }
            var value = matcher.group(2);
            parameters.add(new Parameter(matcher.group(1).toUpperCase(Locale.ROOT), value == null ? "" : value));
        }
        return new Parsed.Good<>(new PathAndParameters(rest.substring(1, end), List.copyOf(parameters)));
    }

    /// Where the closing bracket is: the first one outside a quoted string. -1 when there is none.
    private static int endOfPath(String text) {
        if (!text.startsWith("<")) {
            return -1;
        }
        var quoted = false;
        for (var i = 1; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> {
                    if (quoted) {
                        i++;
                    }
                }
                case '"' -> quoted = !quoted;
                case '>' -> {
                    if (!quoted) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private static Parsed<PathAndParameters> syntax(String prefix) {
        return new Parsed.Bad<>(Reply.of(501, 5, 4, "Syntax: " + prefix + "<address>"));
    }
}
