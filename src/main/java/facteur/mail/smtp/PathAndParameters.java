package facteur.mail.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;

/// The form that MAIL and RCPT share: `FROM:<path> keyword[=value] …` (RFC 5321 §4.1.2).
///
/// Lenient where scripts and devices are lax and one address alone can be meant, as every relay is: blanks and tabs behind
/// the colon and inside the brackets; no brackets at all; a mailbox with its name inside them; a source route, which is cut
/// off (RFC 5321 §4.1.1.3, appendix C).
///
/// @param path the address, unchecked; empty for `<>`
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
        var end = WrittenPath.end(rest);
        var path = WrittenPath.address(rest.substring(0, end));
        if (path.isEmpty()) {
            return syntax(prefix);
        }
        return parameters(rest.substring(end).strip())
                .<Parsed<PathAndParameters>>map(parameters -> new Parsed.Good<>(new PathAndParameters(path.get(), parameters)))
                .orElseGet(() -> new Parsed.Bad<>(Reply.of(501, 5, 4, "Bad parameter")));
    }

    /// @return empty when one of them is none
    private static Optional<List<Parameter>> parameters(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        var parameters = new ArrayList<Parameter>();
        for (var words = new StringTokenizer(text, " \t"); words.hasMoreTokens();) {
            var matcher = PARAMETER.matcher(words.nextToken());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            var value = matcher.group(2);
            parameters.add(new Parameter(matcher.group(1).toUpperCase(Locale.ROOT), value == null ? "" : value));
        }
        return Optional.of(List.copyOf(parameters));
    }

    private static Parsed<PathAndParameters> syntax(String prefix) {
        return new Parsed.Bad<>(Reply.of(501, 5, 4, "Syntax: " + prefix + "<address>"));
    }
}
