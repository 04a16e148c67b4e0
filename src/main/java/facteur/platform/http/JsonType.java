package facteur.platform.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Knows JSON by its media type: `application/json`, `application/…+json` (RFC 6839 §3.1), or `text/json` as older
/// frameworks say. Stateless.
final class JsonType {
    private static final Set<String> TYPES = Set.of("application/json", "text/json");

    /// UTF-8 in its spellings (RFC 8259 §8.1 wants no other), or the US-ASCII that is part of it.
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*([\"']?)(utf[-_]?8|(us-)?ascii)\\1");

    private JsonType() {}

    /// @param fields all of Content-Type
    static boolean isOf(List<String> fields) {
        if (fields.size() != 1) {
            return false;
        }
        var parts = fields.getFirst().toLowerCase(Locale.ROOT).split(";", -1);
        var type = parts[0].strip();
        return (TYPES.contains(type) || type.startsWith("application/") && type.endsWith("+json"))
                && Stream.of(parts)
                        .skip(1)
                        .map(String::strip)
                        .filter(parameter -> parameter.startsWith("charset"))
                        .allMatch(charset -> CHARSET.matcher(charset).matches());
    }
}
