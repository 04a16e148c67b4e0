package facteur.platform.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// JSON Patch (RFC 6902): what makes one value of another, as `add`, `remove` and `replace`. For one comparison, on one thread.
public final class JsonPatch {
    private final List<JsonValue> operations = new ArrayList<>();

    private JsonPatch() {}

    /// Objects are compared member by member. Of two arrays, equal elements at both ends stay, and those between them are
    /// compared by their place. Equal values give an empty array.
    public static JsonValue between(JsonValue before, JsonValue after) {
        var patch = new JsonPatch();
        patch.compare("", before, after);
        return new JsonValue.Array(patch.operations);
    }

    private void compare(String path, JsonValue before, JsonValue after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof JsonValue.Members old && after instanceof JsonValue.Members young) {
            compareMembers(path, old, young);
        } else if (before instanceof JsonValue.Array(var old) && after instanceof JsonValue.Array(var young)) {
            compareElements(path, old, young);
        } else {
            operation("replace", path, after);
        }
    }

    private void compareMembers(String path, JsonValue.Members before, JsonValue.Members after) {
        before.members().forEach((name, old) -> after.member(name)
                .ifPresentOrElse(young -> compare(path + '/' + escaped(name), old, young), () -> remove(path + '/' + escaped(name))));
        after.members().forEach((name, young) -> {
            if (before.member(name).isEmpty()) {
                operation("add", path + '/' + escaped(name), young);
            }
        });
    }

    private void compareElements(String path, List<JsonValue> before, List<JsonValue> after) {
        var shorter = Math.min(before.size(), after.size());
        var start = 0;
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        var end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        var both = shorter - end;
        for (var i = start; i < both; i++) {
            compare(path + '/' + i, before.get(i), after.get(i));
        }
        // From behind, so that the places of the others stay what they were.
        for (var i = before.size() - end - 1; i >= both; i--) {
            remove(path + '/' + i);
        }
        for (var i = both; i < after.size() - end; i++) {
            operation("add", path + '/' + i, after.get(i));
        }
    }

    private void remove(String path) {
        operations.add(new JsonValue.Members(start("remove", path)));
    }

    private void operation(String name, String path, JsonValue value) {
        var operation = start(name, path);
        operation.put("value", value);
        operations.add(new JsonValue.Members(operation));
    }

    private static SequencedMap<String, JsonValue> start(String name, String path) {
        var operation = new LinkedHashMap<String, JsonValue>();
        operation.put("op", new JsonValue.Text(name));
        operation.put("path", new JsonValue.Text(path));
        return operation;
    }

    /// RFC 6901 §3.
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
