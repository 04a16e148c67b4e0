package facteur.store;

import facteur.office.OfficeId;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/// The text that settings are kept as: JSON without blanks, members in the order of their names, none that is `null`. So two
/// settings that say the same are the same text. Stateless.
final class SettingsText {
    private SettingsText() {}

    static String of(JsonValue settings) {
        return canonical(settings).toString();
    }

    private static JsonValue canonical(JsonValue value) {
        return switch (value) {
            case JsonValue.Members(var members) -> {
                var sorted = new TreeMap<String, JsonValue>();
                members.forEach((name, member) -> {
                    if (!(member instanceof JsonValue.Null)) {
                        sorted.put(name, canonical(member));
                    }
                });
                yield new JsonValue.Members(new LinkedHashMap<>(sorted));
            }
            case JsonValue.Array(var elements) -> new JsonValue.Array(elements.stream().map(SettingsText::canonical).toList());
            case JsonValue.Text text -> text;
            case JsonValue.Number number -> number;
            case JsonValue.Bool truth -> truth;
            case JsonValue.Null none -> none;
        };
    }

    /// @throws SQLException when the row was not written by us
    static JsonValue read(String text, OfficeId office) throws SQLException {
        try {
            return JsonReader.read(text);
        } catch (JsonException foreign) {
            throw new SQLException("the settings of office " + office + " are no JSON: " + foreign.getMessage(), foreign);
        }
    }
}
