package facteur.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What holds for any two values.
final class JsonValuePropertyTest {
    @Property(tries = 200)
    void isReadAsItIsWritten(@ForAll("values") JsonValue value) throws JsonException {
        assertThat(JsonReader.read(value.toString())).isEqualTo(value).hasToString(value.toString());
    }

    @Property(tries = 200)
    void differencesAppliedGiveTheOther(@ForAll("values") JsonValue before, @ForAll("values") JsonValue after) {
        var patch = (JsonValue.Array) JsonPatch.between(before, after);
        assertThat(patch.elements().isEmpty()).isEqualTo(before.equals(after));
        var value = before;
        for (var operation : patch.elements()) {
            value = applied(value, (JsonValue.Members) operation);
        }
        assertThat(value).isEqualTo(after);
    }

    @Property(tries = 200)
    void aMergeSaidTwiceChangesNothingMore(@ForAll("values") JsonValue target, @ForAll("values") JsonValue patch) {
        var once = MergePatch.apply(target, patch);
        assertThat(MergePatch.apply(once, patch)).isEqualTo(once).hasToString(once.toString());
    }

    /// RFC 6902 §4, straight from its words.
    private static JsonValue applied(JsonValue target, JsonValue.Members operation) {
        var path = text(operation, "path");
        if (path.isEmpty()) {
            return operation.member("value").orElseThrow();
        }
        return applied(target, List.of(path.substring(1).split("/", -1)), operation);
    }

    private static JsonValue applied(JsonValue target, List<String> path, JsonValue.Members operation) {
        var name = path.getFirst().replace("~1", "/").replace("~0", "~");
        var isLast = path.size() == 1;
        var value = operation.member("value").orElse(new JsonValue.Null()); // A removal has none.
        return switch (target) {
            case JsonValue.Array(var elements) -> {
                var changed = new ArrayList<>(elements);
                var at = Integer.parseInt(name);
                if (!isLast) {
                    changed.set(at, applied(elements.get(at), path.subList(1, path.size()), operation));
                } else {
                    switch (text(operation, "op")) {
                        case "add" -> changed.add(at, value);
                        case "remove" -> changed.remove(at);
                        default -> changed.set(at, value);
                    }
                }
                yield new JsonValue.Array(changed);
            }
            case JsonValue.Members members -> {
                assertThat(members.member(name).isPresent()).isEqualTo(!isLast || !text(operation, "op").equals("add"));
                yield !isLast
                        ? members.with(name, applied(members.member(name).orElseThrow(), path.subList(1, path.size()), operation))
                        : text(operation, "op").equals("remove") ? members.without(name) : members.with(name, value);
            }
            case JsonValue.Text _, JsonValue.Number _, JsonValue.Bool _, JsonValue.Null _ -> throw new AssertionError("no " + path + " in " + target);
        };
    }

    private static String text(JsonValue.Members members, String name) {
        return ((JsonValue.Text) members.member(name).orElseThrow()).text();
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.of(JsonValue.NULL, new JsonValue.Bool(true), new JsonValue.Bool(false)),
                () -> Arbitraries.of("", "a", "é", "\"\\\u0000\u007f", "😀", "/~").map(JsonValue.Text::new),
                () -> Arbitraries.bigDecimals().between(new BigDecimal("-3"), new BigDecimal("3")).ofScale(1).map(JsonValue.Number::new),
                () -> values().list().ofMaxSize(3).map(JsonValue.Array::new),
                () -> Arbitraries.maps(Arbitraries.of("", "a", "b", "a/b", "~1", "~0"), values()).ofMaxSize(3).map(LinkedHashMap::new)
                        .map(JsonValue.Members::new));
    }
}
