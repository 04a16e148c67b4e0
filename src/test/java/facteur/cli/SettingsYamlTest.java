package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.platform.json.YamlJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// The same settings give the same file, in whichever order they are kept.
final class SettingsYamlTest {
    private static final String JSON = """
            {"contexts": {"task": {"from": {"name": "T", "address": "t@dupont.example"}, "reply-to": "general", "replies": "late",
             "address": "a@dupont.example"}, "note": {}}, "returns": {"language": "fr", "known-bad": "refuse", "tell": "none", "auto-replies": "log"},
             "company": "D <o@dupont.example>", "from": {"name": "yes", "address": "o@dupont.example"}, "odd": 1, "sandbox": true,
             "users": ["b@dupont.example", "a@dupont.example"], "reply-to": "sender", "when-unverified": "refuse", "replies": "direct"}
            """;
    private static final String YAML = """
            company: D <o@dupont.example>
            from:
              address: o@dupont.example
              name: "yes"
            when-unverified: refuse
            reply-to: sender
            contexts:
              note: {}
              task:
                reply-to: general
                address: a@dupont.example
                from:
                  address: t@dupont.example
                  name: T
                replies: late
            users:
              - b@dupont.example
              - a@dupont.example
            replies: direct
            returns:
              tell: none
              known-bad: refuse
              auto-replies: log
              language: fr
            sandbox: true
            odd: 1
            """;

    @Test
    void hasTheKeysInTheOrderOfTheGuide() throws JsonException {
        assertThat(SettingsYaml.of(JsonReader.read(JSON))).isEqualTo(YAML);
        assertThat(SettingsYaml.of(JsonValue.NULL)).isEqualTo("{}\n");
    }

    @Property(tries = 50)
    void dependsOnNoOrder(@ForAll long seed) throws JsonException {
        var settings = JsonReader.read(JSON);
        var shuffled = shuffled(settings, new Random(seed));
        assertThat(SettingsYaml.of(shuffled)).isEqualTo(YAML);
        assertThat(YamlJson.of(ConfigFile.parseGenerated(YAML, Path.of("dupont.yaml"), new Problems()))).isEqualTo(settings).isEqualTo(shuffled);
    }

    private static JsonValue shuffled(JsonValue value, Random random) {
        if (!(value instanceof JsonValue.Members(var members))) {
            return value;
        }
        var entries = new ArrayList<>(members.entrySet());
        Collections.shuffle(entries, random);
        var shuffled = new LinkedHashMap<String, JsonValue>();
        entries.forEach(entry -> shuffled.put(entry.getKey(), shuffled(entry.getValue(), random)));
        return new JsonValue.Members(shuffled);
    }
}
