package facteur.console;

import facteur.platform.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks into settings as they are kept, of this release or an older one: what has another form than it should is looked at as text, and
/// never a failure. Stateless.
final class SettingsJson {
    private SettingsJson() {}

    static JsonValue.Members members(JsonValue value) {
        return value instanceof JsonValue.Members members ? members : JsonValue.Members.NONE;
    }

    static JsonValue.Members members(JsonValue.Members settings, String key) {
        return settings.member(key).map(SettingsJson::members).orElse(JsonValue.Members.NONE);
    }

    /// Empty when there is none.
    static String text(JsonValue.Members settings, String key) {
        return settings.member(key).map(SettingsJson::text).orElse("");
    }

    static String text(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(var text) -> text.strip();
            case JsonValue.Null _ -> "";
            case JsonValue.Number _, JsonValue.Bool _, JsonValue.Array _, JsonValue.Members _ -> value.toString();
        };
    }

    /// A list, or a text that stands for a list of one.
    static List<String> texts(JsonValue.Members settings, String key) {
        return settings.member(key).stream().flatMap(SettingsJson::texts).filter(text -> !text.isEmpty()).toList();
    }

    private static Stream<String> texts(JsonValue value) {
        return value instanceof JsonValue.Array(var elements) ? elements.stream().map(SettingsJson::text) : Stream.of(text(value));
    }

    static Optional<JsonValue> at(JsonValue settings, List<String> path) {
        var found = Optional.of(settings);
        for (var key : path) {
            found = found.flatMap(value -> members(value).member(key));
        }
        return found;
    }
}
