package facteur.api;

import facteur.platform.json.JsonValue;
import facteur.web.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A part of a list: `{"items": […], "next": …}`.
final class Page {
    private Page() {}

    /// @param next for the field `after` of the query, to get the next part; empty: this was the last
    static Answer answer(List<JsonValue> items, Optional<String> next) {
        return Answer.json(200, members(items, next));
    }

    static JsonValue.Members members(List<JsonValue> items, Optional<String> next) {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("items", new JsonValue.Array(items));
        members.put("next", next.map(JsonValue::of).orElse(JsonValue.NULL));
        return new JsonValue.Members(members);
    }
}
