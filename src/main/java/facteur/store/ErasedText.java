package facteur.store;

import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.platform.log.Erasure;
import java.util.LinkedHashMap;

/// Settings and cards of the history, as JSON, from which a person is erased. Each text that names the person is replaced whole, the
/// name beside the address included. What is left says that it was erased, so that it is never restored as if it were what once was
/// saved. Stateless.
final class ErasedText {
    /// Fits what was erased. JSON writes the address as it is.
    static final String PATTERN = "%" + Erasure.FORGOTTEN + "%";

    private static final String DAMAGED = new JsonValue.Members(new LinkedHashMap<>()).with("name", JsonValue.of(Erasure.FORGOTTEN)).toString();

    private ErasedText() {}

    static boolean isErased(String json) {
        return json.contains(Erasure.FORGOTTEN);
    }

    static boolean concerns(String json, Erasure erasure) {
        return !of(json, erasure).equals(json);
    }

    /// @param json empty where there was nothing
    static String of(String json, Erasure erasure) {
        try {
            return json.isEmpty() ? "" : of(JsonReader.read(json), erasure).toString();
        } catch (JsonException damaged) {
            return erasure.concerns(json) ? DAMAGED : json;
        }
    }

    private static JsonValue of(JsonValue value, Erasure erasure) {
        return switch (value) {
            case JsonValue.Text(var text) -> JsonValue.of(text(text, erasure));
            case JsonValue.Array(var elements) -> new JsonValue.Array(elements.stream().map(element -> of(element, erasure)).toList());
            case JsonValue.Members(var members) -> {
                var erased = new LinkedHashMap<String, JsonValue>();
                members.forEach((name, member) -> erased.put(text(name, erasure), of(member, erasure)));
                yield new JsonValue.Members(erased);
            }
            case JsonValue.Number _, JsonValue.Bool _, JsonValue.Null _ -> value;
        };
    }

    private static String text(String text, Erasure erasure) {
        return erasure.concerns(text) ? Erasure.FORGOTTEN : text;
    }
}
