package facteur.api;

import facteur.platform.json.JsonValue;
import facteur.store.SandboxSetting;
import facteur.store.StoredOffice;
import java.util.Optional;

/// Whether an office's letters are set aside is the operator's decision: a token of the office alone changes it by no door.
final class Sandboxes {
    private Sandboxes() {}

    /// Refuses settings that would change it.
    ///
    /// @param current as the office has them
    static void isKept(Call call, Optional<StoredOffice> current, JsonValue wanted) {
        if (!call.token().isForAll() && !SandboxSetting.of(wanted)
                .equals(current.map(office -> SandboxSetting.of(office.settings())).orElse(SandboxSetting.of(JsonValue.NULL)))) {
            throw refusal();
        }
    }

    /// Refuses a patch that names it: what it is when the patch is applied isn't known before.
    static void isNotNamed(Call call, JsonValue patch) {
        if (!call.token().isForAll() && patch instanceof JsonValue.Members members && members.member(SandboxSetting.KEY).isPresent()) {
            throw refusal();
        }
    }

    private static RuntimeException refusal() {
        return Refusals.invalid("not-allowed", SandboxSetting.KEY, "only a token for all offices may change it");
    }
}
