package facteur.api;

import facteur.platform.json.JsonValue;
import facteur.store.StoredOffice;
import java.util.Optional;

/// Whether an office's letters are set aside is the operator's decision: a token of the office alone changes it by no door.
final class Sandboxes {
    private static final String KEY = "sandbox";

    private Sandboxes() {}

    /// Refuses settings that would change it.
    ///
    /// @param current as the office has them
    static void isKept(Call call, Optional<StoredOffice> current, JsonValue wanted) {
        if (!call.token().isForAll() && !setting(wanted).equals(current.map(office -> setting(office.settings())).orElse(setting(JsonValue.NULL)))) {
            throw refusal();
        }
    }

    /// Refuses a patch that names it: what it is when the patch is applied isn't known before.
    static void isNotNamed(Call call, JsonValue patch) {
        if (!call.token().isForAll() && patch instanceof JsonValue.Members members && members.member(KEY).isPresent()) {
            throw refusal();
        }
    }

    /// What isn't there, or `null`, is false.
    private static JsonValue setting(JsonValue settings) {
        var off = new JsonValue.Bool(false);
        return settings instanceof JsonValue.Members members
                ? members.member(KEY).filter(value -> !(value instanceof JsonValue.Null)).orElse(off)
                : off;
    }

    private static RuntimeException refusal() {
        return Refusals.invalid("not-allowed", KEY, "only a token for all offices may change it");
    }
}
