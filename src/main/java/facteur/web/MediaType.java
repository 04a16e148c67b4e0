package facteur.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// What a body is, as Content-Type says: `application/json; charset=utf-8` (RFC 9110 §8.3). Immutable.
///
/// @param name type and subtype, in lower case
/// @param parameters their names in lower case
public record MediaType(String name, SequencedMap<String, String> parameters) {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern NAME = Pattern.compile("\\s*(" + TOKEN + "/" + TOKEN + ")\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*(?:(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\]|\\\\.)*+)\")\\s*)?");

    public MediaType {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }

    /// @return empty when the text has another form, or names a parameter twice
    static Optional<MediaType> parse(String text) {
        var name = NAME.matcher(text);
        if (!name.lookingAt()) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        var parameter = PARAMETER.matcher(text);
        var at = name.end();
        while (at < text.length()) {
            if (!parameter.find(at) || parameter.start() != at) {
                return Optional.empty();
            }
            at = parameter.end();
            var key = parameter.group(1);
            if (key != null) {
                var value = parameter.group(2) == null
                        ? parameter.group(3).replaceAll("\\\\(.)", "$1")
                        : parameter.group(2);
                if (parameters.putIfAbsent(key.toLowerCase(Locale.ROOT), value) != null) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new MediaType(name.group(1).toLowerCase(Locale.ROOT), parameters));
    }

    /// Whether its text is UTF-8, or says nothing else.
    boolean isUtf8() {
        var charset = parameters.getOrDefault("charset", "utf-8");
        return charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("us-ascii");
    }
}
