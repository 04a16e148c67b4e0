package facteur.platform.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads a document that is no file of ours: what a web service answered, what the rows of a table amount to. It is JSON or
/// YAML (JSON is YAML, too), and is read as a file is, with the same bounds and the same problems, so that one reader of
/// keys serves both.
///
/// Programs write it: a blank text, `null` and an empty list count as not set, under a key and in a list. It is not trusted
/// to name our variables and files: `${…}` stays as it is written.
public final class Document {
    private Document() {}

    /// The root section. A document that can't be read is an empty mapping, and then the problem is recorded.
    ///
    /// @param name what problems call it, such as where it came from
    public static Section read(String text, String name, Problems problems) {
        return YamlText.section(text, Origin.of(name, problems), Limits.STANDARD);
    }

    /// The same of a document that was parsed elsewhere, within bounds that are kept there. Its problems have no lines.
    ///
    /// @param value a map from texts to values, a list of values, a text, a number, a truth value, or null
    /// @param name what problems call it, such as where it came from
    public static Section of(@Nullable Object value, String name, Problems problems) {
        return Section.root(Origin.of(name, problems), node(value));
    }

    private static Node node(@Nullable Object value) {
        return switch (value) {
            case null -> new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN);
            case String text -> text(text);
            case Map<?, ?> members -> {
                List<NodeTuple> tuples = new ArrayList<>(members.size());
                members.forEach((key, member) -> tuples.add(new NodeTuple(text(String.valueOf(key)), node(member))));
                yield new MappingNode(Tag.MAP, tuples, FlowStyle.FLOW);
            }
            case List<?> elements -> {
                List<Node> nodes = new ArrayList<>(elements.size());
                elements.forEach(element -> nodes.add(node(element)));
                yield new SequenceNode(Tag.SEQ, nodes, FlowStyle.FLOW);
            }
            case Object plain -> new ScalarNode(Tag.STR, plain.toString(), ScalarStyle.PLAIN);
        };
    }

    /// In quotes, so that a text `null` is one.
    private static Node text(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.DOUBLE_QUOTED);
    }
}
