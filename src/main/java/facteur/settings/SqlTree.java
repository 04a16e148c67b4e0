package facteur.settings;

import java.util.Collection;
import java.util.Map;

/// Writes what rows say as JSON text, for the readers of settings. Stateless.
///
/// Everything but printable US-ASCII is escaped, so no value can end its quotes or begin a line. Keys are written as
/// explicit ones (`? "key" : …`, YAML 1.2 §7.4.2): an implicit key is limited in length.
final class SqlTree {
    private SqlTree() {}

    /// @param tree made of maps, collections and texts
    static String write(Map<String, ?> tree) {
        var text = new StringBuilder();
        write(tree, text);
        return text.toString();
    }

    private static void write(Object node, StringBuilder text) {
        switch (node) {
            case Map<?, ?> map -> {
                text.append("{\n");
                map.forEach((key, value) -> {
                    text.append("? ");
                    write(key, text);
                    text.append(" : ");
                    write(value, text);
                    text.append(",\n");
                });
                text.append('}');
            }
            case Collection<?> list -> {
                text.append("[\n");
                list.forEach(value -> {
                    write(value, text);
                    text.append(",\n");
                });
                text.append(']');
            }
            default -> quote(node.toString(), text);
        }
    }

    private static void quote(String value, StringBuilder text) {
        text.append('"');
        value.chars().forEach(c -> {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                text.append("\\u%04x".formatted(c));
            } else {
                text.append((char) c);
            }
        });
        text.append('"');
    }
}
