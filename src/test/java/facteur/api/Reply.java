package facteur.api;

import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/// What the API answered.
record Reply(int status, Map<String, String> fields, String text) {
    JsonValue.Members json() {
        try {
            return JsonReader.read(text) instanceof JsonValue.Members members ? members : JsonValue.Members.NONE;
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    /// A member as JSON; empty when it isn't there.
    String member(String name) {
        return json().member(name).map(JsonValue::toString).orElse("");
    }

    String field(String name) {
        return Optional.ofNullable(fields.get(name)).orElse("");
    }

    /// Such as `422 address.invalid`, with all codes.
    String refusal() {
        var codes = new StringBuilder(Integer.toString(status));
        if (json().member("problems").orElse(JsonValue.NULL) instanceof JsonValue.Array(var problems)) {
            problems.forEach(problem -> {
                if (problem instanceof JsonValue.Members members
                        && members.member("code").orElse(JsonValue.NULL) instanceof JsonValue.Text(var code)) {
                    codes.append(' ').append(code);
                }
            });
        }
        return codes.toString();
    }
}
