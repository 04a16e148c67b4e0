package facteur.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JSON as YAML, and back by the reader of our files.
final class YamlWriterTest {
    @Test
    void writesForPeople() throws JsonException {
        assertThat(written("""
                {"company": "Cabinet Dupont <office@dupont.example>", "reply-to": "sender", "sandbox": false,
                 "contexts": {"task": {"reply-to": "general", "address": "tasks@dupont.example"}, "note": {}},
                 "users": ["Jan Janssens <jan@dupont.example>", "\\"Peeters, An\\" <an@dupont.example>"], "odd": [[1, []], {"a": null}, null]}
                """)).isEqualTo("""
                company: Cabinet Dupont <office@dupont.example>
                reply-to: sender
                sandbox: false
                contexts:
                  task:
                    reply-to: general
                    address: tasks@dupont.example
                  note: {}
                users:
                  - Jan Janssens <jan@dupont.example>
                  - "\\"Peeters, An\\" <an@dupont.example>"
                odd:
                  -
                    - 1
                    - []
                  - {}
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "yes", "No", "~", "null", "true", "0x1", "007", "1e3", "-", "- a", "a: b", "a #b", "#", "&a", "*a", "!a", "{a", "[a", "'a", "\"a", "%a", "@a",
        "`a",
        "=1", "<<", "?", "? a", "|", ">", "---", "...", "", " ", " a", "a ", "a\tb", "a\nb", "\u00a0", "\u202eevil", "\u2028", "\u0085", "\ufeff",
        "😀", "\ud83d\ude00a",
        "12:30", "2026-11-30", ".inf", "a:", "dupont:1"
    })
    void quotesWhatAReaderCouldTakeForSomethingElse(String text) {
        var value = new JsonValue.Members(new LinkedHashMap<>()).with("key", JsonValue.of(text)).with(text, JsonValue.of("value"));
        assertThat(read(YamlWriter.write(value))).isEqualTo(value);
    }

    @Test
    void writesNothingAsAnEmptyMapping() {
        assertThat(YamlWriter.write(JsonValue.Members.NONE)).isEqualTo("{}\n");
    }

    @Test
    void writesALongKeyInFull() {
        var value = JsonValue.Members.NONE.with("k".repeat(3000), JsonValue.Members.NONE.with("é\n".repeat(999), JsonValue.of("value")));
        assertThat(read(YamlWriter.write(value))).isEqualTo(value);
    }

    /// What a person writes into a file, and what it becomes.
    @Test
    void readsTextsAsTheReaderOfSettingsDoes() throws JsonException {
        assertThat(read("""
                company: 007
                sandbox: yes
                from: { address: 0x1, name: "true" }
                users: [~, a@b.example, ]
                reply-to:
                contexts: &all { task: &one { reply-to: 1.50 }, note: *one, deep: 1e3 }
                """).toString())
                .isEqualTo("{\"company\":\"007\",\"sandbox\":\"yes\",\"from\":{\"address\":\"0x1\",\"name\":\"true\"},\"users\":[\"a@b.example\"],"
                        + "\"contexts\":{\"task\":{\"reply-to\":1.50},\"note\":{\"reply-to\":1.50},\"deep\":\"1e3\"}}");
    }

    @Property(tries = 500)
    void isReadBackAsItWas(@ForAll("objects") JsonValue.Members value) {
        var yaml = YamlWriter.write(value);
        var read = read(yaml);
        assertThat(read).as(yaml).isEqualTo(withoutNulls(value));
        assertThat(YamlWriter.write(read)).isEqualTo(yaml);
    }

    private static String written(String json) throws JsonException {
        return YamlWriter.write((JsonValue.Members) JsonReader.read(json));
    }

    private static JsonValue.Members read(String yaml) {
        var problems = new Problems();
        var section = ConfigFile.parseGenerated(yaml, Path.of("dupont.yaml"), problems);
        assertThat(problems.list()).as(yaml).isEmpty();
        return YamlJson.of(section);
    }

    private static JsonValue withoutNulls(JsonValue value) {
        return switch (value) {
            case JsonValue.Members(var members) -> {
                var left = new LinkedHashMap<String, JsonValue>();
                members.forEach((name, member) -> {
                    if (!member.equals(JsonValue.NULL)) {
                        left.put(name, withoutNulls(member));
                    }
                });
                yield new JsonValue.Members(left);
            }
            case JsonValue.Array(var elements) -> {
                var left = new ArrayList<JsonValue>();
                elements.stream().filter(element -> !element.equals(JsonValue.NULL)).forEach(element -> left.add(withoutNulls(element)));
                yield new JsonValue.Array(left);
            }
            case JsonValue.Text _, JsonValue.Number _, JsonValue.Bool _, JsonValue.Null _ -> value;
        };
    }

    @Provide
    static Arbitrary<JsonValue.Members> objects() {
        var leaf = Arbitraries.oneOf(
                texts().map(JsonValue::of),
                Arbitraries.bigDecimals().between(BigDecimal.valueOf(-1e20), BigDecimal.valueOf(1e20)).map(JsonValue.Number::new),
                Arbitraries.of("0", "-1", "1.50", "1E+9").map(number -> new JsonValue.Number(new BigDecimal(number))),
                Arbitraries.of(true, false).map(JsonValue.Bool::new),
                Arbitraries.just(JsonValue.NULL));
        return members(Arbitraries.<JsonValue>recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(inner, inner.list().ofMaxSize(3).map(JsonValue.Array::new), members(inner)),
                0,
                3));
    }

    private static Arbitrary<JsonValue.Members> members(Arbitrary<JsonValue> values) {
        return Arbitraries.maps(texts(), values).ofMaxSize(4).map(map -> new JsonValue.Members(new LinkedHashMap<>(map)));
    }

    private static Arbitrary<String> texts() {
        var odd = ArbitraryText.of(
                6, "a", "Z", "é", "日", " ", ":", "#", "-", "?", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\",
                "\n", "\t",
                "\r", "~", "null", "yes", "true", "0x1", "1", ".", "=", "<", "\u0000", "\u0085", "\u2028", "\u202e", "\ufeff", "\ufffe", "😀",
                "e\u0301");
        return Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(20))
                .filter(text -> text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE));
    }
}
