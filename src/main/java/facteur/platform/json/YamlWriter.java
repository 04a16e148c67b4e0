package facteur.platform.json;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes JSON as YAML for people: blocks, and quotes only where some reader, of YAML 1.1 or 1.2, could take a text for
/// something else. [YamlJson] gives the same value back, but for `null`, which says nothing and is left out. For one thread.
public final class YamlWriter {
    private static final int INDENT = 2;

    /// YAML 1.2 §7.4.2 allows 1024 characters of a key before its colon.
    private static final int LONGEST_KEY = 1000;

    /// A letter first, and nothing that means something to YAML in the middle of a line.
    private static final Pattern PLAIN =
            Pattern.compile("\\p{L}(?:[\\p{L}\\p{M}\\p{N} ._@<>/+'&()*%$~^=;,!?-]*[\\p{L}\\p{M}\\p{N}._@<>/+'&()*%$~^=;,!?-])?");

    /// Plain, these are no texts to a reader of YAML 1.1.
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder yaml = new StringBuilder();

    private YamlWriter() {}

    public static String write(JsonValue.Members root) {
        var writer = new YamlWriter();
        if (isEmpty(root)) {
            return "{}\n";
        }
        writer.members(root, 0);
        return writer.yaml.toString();
    }

    private void members(JsonValue.Members mapping, int indent) {
        mapping.members().forEach((key, value) -> {
            if (!value.equals(JsonValue.NULL)) {
                pad(indent).key(text(key), indent);
                value(value, indent);
            }
        });
    }

    private void key(String written, int indent) {
        if (written.length() > LONGEST_KEY) {
            yaml.append("? ").append(written).append('\n');
            pad(indent).yaml.append(':');
        } else {
            yaml.append(written).append(':');
        }
    }

    private void elements(List<JsonValue> elements, int indent) {
        for (var element : elements) {
            if (!element.equals(JsonValue.NULL)) {
                pad(indent).yaml.append('-');
                value(element, indent);
            }
        }
    }

    /// Behind a key or a dash, to the end of the line or of the block.
    private void value(JsonValue value, int indent) {
        switch (value) {
            case JsonValue.Text(var text) -> line(text(text));
            case JsonValue.Number(var number) -> line(number.toString());
            case JsonValue.Bool(var truth) -> line(String.valueOf(truth));
            case JsonValue.Null() -> line("null");
            case JsonValue.Array(var elements) -> {
                if (isEmpty(elements)) {
                    line("[]");
                } else {
                    yaml.append('\n');
                    elements(elements, indent + INDENT);
                }
            }
            case JsonValue.Members members -> {
                if (isEmpty(members)) {
                    line("{}");
                } else {
                    yaml.append('\n');
                    members(members, indent + INDENT);
                }
            }
        }
    }

    private YamlWriter pad(int indent) {
        yaml.repeat(' ', indent);
        return this;
    }

    private void line(String text) {
        yaml.append(' ').append(text).append('\n');
    }

    private static boolean isEmpty(JsonValue.Members mapping) {
        return isEmpty(mapping.members().values());
    }

    private static boolean isEmpty(Iterable<JsonValue> values) {
        for (var value : values) {
            if (!value.equals(JsonValue.NULL)) {
                return false;
            }
        }
        return true;
    }

    private static String text(String text) {
        return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT)) ? text : quoted(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (point == ' ' || isVisible(point)) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append((point > Character.MAX_VALUE ? "\\U%08x" : "\\u%04x").formatted(point));
            }
        });
        return quoted.append('"').toString();
    }

    /// What can't be seen is written as its number, so that a text shows all that it holds.
    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
