package facteur.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The form of a path: `/api/v1/offices/{office}/relations/{relation:any}`. A word is compared as it was sent, since a proxy
/// in front may have judged it that way; a variable is decoded. An escaped slash or dot is allowed in a variable `:any`
/// alone, which can hold any text. Immutable.
final class PathPattern {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)(:any)?}");
    private static final Pattern SLASH_OR_DOT = Pattern.compile("(?i)%(?:2f|2e|5c)");

    private sealed interface Segment {
        record Word(String text) implements Segment {}

        record Plain(String name) implements Segment {}

        record Any(String name) implements Segment {}
    }

    /// A variable whose value is as good as a password.
    private static final Segment.Plain SECRET = new Segment.Plain("ticket");

    private final String text;
    private final List<Segment> segments;

    PathPattern(String text) {
        this.text = text;
        this.segments = split(text).stream().map(PathPattern::segment).toList();
    }

    private static Segment segment(String text) {
        var variable = VARIABLE.matcher(text);
        if (!variable.matches()) {
            return new Segment.Word(text);
        }
        return variable.group(2) == null ? new Segment.Plain(variable.group(1)) : new Segment.Any(variable.group(1));
    }

    /// Without the first, empty one. A slash at the end leaves an empty segment, which nothing matches.
    static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /// @param path that was sent, split
    /// @return what the variables hold; empty when the path has another form
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        var variables = new LinkedHashMap<String, String>();
        for (var i = 0; i < path.size(); i++) {
            var sent = path.get(i);
            var isMatch = switch (segments.get(i)) {
                case Segment.Word(var word) -> word.equals(sent);
                case Segment.Plain(var name) -> !SLASH_OR_DOT.matcher(sent).find() && put(variables, name, sent);
                case Segment.Any(var name) -> put(variables, name, sent);
            };
            if (!isMatch) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /// A dot segment that isn't escaped names another path (RFC 3986 §5.2.4).
    private static boolean put(Map<String, String> variables, String name, String sent) {
        var value = sent.isEmpty() || sent.equals(".") || sent.equals("..") ? Optional.<String>empty() : PercentText.decode(sent);
        value.ifPresent(decoded -> variables.put(name, decoded));
        return value.isPresent();
    }

    /// A path that begins like this, as the journal shows it: who reads the journal must not get in by a link that is meant for another,
    /// not even when something was appended to it.
    ///
    /// @param path that was sent, split
    /// @return empty when there is nothing to hide
    Optional<String> withoutSecret(List<String> path) {
        var at = segments.indexOf(SECRET);
        if (at < 0 || path.size() <= at || !path.subList(0, at).equals(words().subList(0, at))) {
            return Optional.empty();
        }
        var shown = new ArrayList<>(path);
        shown.set(at, "{" + SECRET.name() + "}");
        return Optional.of("/" + String.join("/", shown));
    }

    private List<String> words() {
        return split(toString());
    }

    /// As documents write it: `/offices/{office}/relations/{relation}`.
    @Override
    public String toString() {
        return text.replace(":any}", "}");
    }
}
