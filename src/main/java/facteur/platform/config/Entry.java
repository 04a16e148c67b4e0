package facteur.platform.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A value in a file and the place where it stands: under a key, or in a list. Immutable.
///
/// @param path such as `listeners[0].address`
/// @param line of its key; of the value itself in a list
record Entry(String path, int line, Node node) {
    static Entry of(String path, Node node) {
        return new Entry(path, line(node), node);
    }

    static int line(Node node) {
        return node.getStartMark().map(BoundedParser::line).orElse(0);
    }

    /// `key:` and `key: ~` say nothing; `key: ""` sets an empty text.
    boolean isSet() {
        return !(node instanceof ScalarNode scalar
                && scalar.isPlain()
                && switch (scalar.getValue()) {
                    case "", "~", "null" -> true;
                    default -> false;
                });
    }

    /// A text of blanks, or a list of nothing.
    boolean isBlank() {
        return switch (node) {
            case ScalarNode scalar -> scalar.getValue().isBlank();
            case SequenceNode sequence -> sequence.getValue().isEmpty();
            default -> false;
        };
    }

    Optional<String> scalar() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /// Those of a list; else none.
    List<Entry> items() {
        List<Entry> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                items.add(of(path + "[" + items.size() + "]", item));
            }
        }
        return items;
    }

    /// Those of a mapping; else none. Says nothing of keys that are wrong: [#entries] does.
    List<Entry> members() {
        List<Entry> members = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    members.add(new Entry(path + "." + key.getValue(), line(tuple.getKeyNode()), tuple.getValueNode()));
                }
            }
        }
        return members;
    }

    /// For a message.
    String kind() {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            default -> "a single value";
        };
    }

    /// The entries of a mapping by their keys, in order. Keys that are no words, or come twice, are problems.
    static SequencedMap<String, Entry> entries(MappingNode mapping, String path, Origin origin) {
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            int line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                origin.problem(line, path, ProblemCode.VALUE_TYPE, "a key must be a single value");
                continue;
            }
            String full = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
            Entry first = entries.putIfAbsent(key.getValue(), new Entry(full, line, tuple.getValueNode()));
            if (first != null) {
                origin.problem(line, full, ProblemCode.KEY_TWICE, "duplicate key; first on line " + first.line());
            }
        }
        return entries;
    }
}
