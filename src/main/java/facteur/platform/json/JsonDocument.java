package facteur.platform.json;

import facteur.platform.config.Document;
import facteur.platform.config.Problems;
import facteur.platform.config.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// A [JsonValue] for the readers of configuration: they take its members as keys, with the same rules and the same problems.
/// Stateless.
public final class JsonDocument {
    private JsonDocument() {}

    /// The root section; a value that is no object is a problem.
    ///
    /// @param name what problems call it, such as where it came from
    public static Section read(JsonValue value, String name, Problems problems) {
        return Document.of(plain(value), name, problems);
    }

    private static @Nullable Object plain(JsonValue value) {
        return switch (value) {
            case JsonValue.Null() -> null;
            case JsonValue.Text(var text) -> text;
            case JsonValue.Number(var number) -> number;
            case JsonValue.Bool(var truth) -> truth;
            case JsonValue.Array(var elements) -> {
                var list = new ArrayList<@Nullable Object>(elements.size());
                elements.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case JsonValue.Members(var members) -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                members.forEach((name, member) -> map.put(name, plain(member)));
                yield map;
            }
        };
    }
}
