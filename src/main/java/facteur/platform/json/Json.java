package facteur.platform.json;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes values as JSON (RFC 8259), in US-ASCII, indented by two blanks.
public final class Json {
    private Json() {}

    /// @param value text, number, true or false, a [JsonValue], a collection of values, or a map from text to values; its order is kept
    public static String of(Object value) {
        return of(value, "");
    }

    private static String of(Object value, String indent) {
        return switch (value) {
            case JsonValue.Text(var text) -> quoted(text);
            case JsonValue.Number(var number) -> number.toString();
            case JsonValue.Bool(var truth) -> String.valueOf(truth);
            case JsonValue.Null() -> "null";
            case JsonValue.Array(var elements) -> of(elements, indent);
            case JsonValue.Members(var members) -> of(members, indent);
            case Map<?, ?> members when members.isEmpty() -> "{}";
            case Map<?, ?> members -> members.entrySet().stream()
                    .map(member -> indent + "  " + quoted(String.valueOf(member.getKey())) + ": " + of(member.getValue(), indent + "  "))
                    .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case Collection<?> elements when elements.isEmpty() -> "[]";
            case Collection<?> elements -> elements.stream()
                    .map(element -> indent + "  " + of(element, indent + "  "))
                    .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case Object text -> quoted(text.toString());
        };
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
