package facteur.store;

import facteur.platform.json.JsonValue;

/// Whether settings set an office's letters aside, which operators alone decide. Stateless.
public final class SandboxSetting {
    public static final String KEY = "sandbox";

    private SandboxSetting() {}

    /// What isn't there, or `null`, is false.
    public static JsonValue of(JsonValue settings) {
        var off = new JsonValue.Bool(false);
        return settings instanceof JsonValue.Members members
                ? members.member(KEY).filter(value -> !(value instanceof JsonValue.Null)).orElse(off)
                : off;
    }
}
