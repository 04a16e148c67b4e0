package facteur.platform.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Two lines as a target and its patch: what the patch names is as it says, and said twice it changes nothing more; the
/// difference is empty where there is none.
final class MergePatchFuzzer {
    @FuzzTest(maxDuration = "1m")
    void appliesAnyPatch(byte[] bytes) {
        var lines = new String(bytes, UTF_8).split("\n", 2);
        JsonValue target;
        JsonValue patch;
        try {
            target = JsonReader.read(lines[0]);
            patch = JsonReader.read(lines.length == 1 ? "{}" : lines[1]);
        } catch (JsonException none) {
            return;
        }
        var merged = MergePatch.apply(target, patch);
        assertThat(MergePatch.apply(merged, patch)).isEqualTo(merged);
        if (patch instanceof JsonValue.Members(var changes)) {
            var members = ((JsonValue.Members) merged).members();
            changes.forEach((name, change) -> assertThat(members.containsKey(name)).isNotEqualTo(change instanceof JsonValue.Null));
        } else {
            assertThat(merged).isEqualTo(patch);
        }
        assertThat(((JsonValue.Array) JsonPatch.between(target, merged)).elements().isEmpty()).isEqualTo(target.equals(merged));
    }
}
