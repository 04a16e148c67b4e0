package facteur.platform.json;

import java.util.LinkedHashMap;

/// JSON Merge Patch (RFC 7396): an object that names what changes, `null` for what goes. Stateless.
public final class MergePatch {
    private MergePatch() {}

    /// §2, in its order: members of the target stay where they are, new ones come behind them. A patch that is no object
    /// takes the place of the target.
    public static JsonValue apply(JsonValue target, JsonValue patch) {
        if (!(patch instanceof JsonValue.Members(var changes))) {
            return patch;
        }
        var members = target instanceof JsonValue.Members(var before) ? new LinkedHashMap<>(before) : new LinkedHashMap<String, JsonValue>();
        changes.forEach((name, change) -> {
            if (change instanceof JsonValue.Null) {
                members.remove(name);
            } else {
                members.put(name, apply(members.getOrDefault(name, JsonValue.NULL), change));
            }
        });
        return new JsonValue.Members(members);
    }
}
