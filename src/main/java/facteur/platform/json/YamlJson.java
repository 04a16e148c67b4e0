package facteur.platform.json;

import facteur.platform.config.Section;
import facteur.platform.config.TreeBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/// Makes JSON of what is written as YAML: the inverse of [YamlWriter]. A plain `true`, `false` or number is one only where JSON
/// would write it so: `yes`, `007` and `0x1` are texts, as they are to each reader of a [Section]. Stateless.
public final class YamlJson {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.E+-]{0,120}");

    private YamlJson() {}

    /// All that the section holds, asked for or not.
    public static JsonValue.Members of(Section section) {
        return section.build(new Builder()) instanceof JsonValue.Members members ? members : JsonValue.Members.NONE;
    }

    private static final class Builder implements TreeBuilder<JsonValue> {
        @Override
        public JsonValue plain(String text) {
            return switch (text) {
                case "true" -> new JsonValue.Bool(true);
                case "false" -> new JsonValue.Bool(false);
                default -> number(text).<JsonValue>map(JsonValue.Number::new).orElseGet(() -> JsonValue.of(text));
            };
        }

        @Override
        public JsonValue quoted(String text) {
            return JsonValue.of(text);
        }

        @Override
        public JsonValue list(List<JsonValue> items) {
            return new JsonValue.Array(items);
        }

        @Override
        public JsonValue mapping(SequencedMap<String, JsonValue> members) {
            return new JsonValue.Members(members);
        }
    }

    /// Empty when another text would stand for the same number: who reads the text must find it as it was.
    private static Optional<BigDecimal> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text)).filter(number -> number.toString().equals(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
