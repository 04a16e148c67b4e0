package facteur.platform.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Lets a [TreeBuilder] make its values. What says nothing (`key:`, `~`) is left out, and so is what contains itself. Immutable.
record TreeWalk<T>(TreeBuilder<T> builder) {
    T mapping(Map<String, Entry> entries) {
        var members = new LinkedHashMap<String, T>();
        entries.forEach((key, entry) -> value(entry).ifPresent(value -> members.put(key, value)));
        return builder.mapping(members);
    }

    private Optional<T> value(Entry entry) {
        if (!entry.isSet() || entry.node().isRecursive()) {
            return Optional.empty();
        }
        return switch (entry.node()) {
            case ScalarNode scalar -> Optional.of(scalar.isPlain() ? builder.plain(scalar.getValue()) : builder.quoted(scalar.getValue()));
            case SequenceNode _ -> Optional.of(list(entry.items()));
            case MappingNode mapping -> Optional.of(mapping(entries(mapping)));
            default -> Optional.empty();
        };
    }

    private static Map<String, Entry> entries(MappingNode mapping) {
        var entries = new LinkedHashMap<String, Entry>();
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                entries.putIfAbsent(key.getValue(), Entry.of(key.getValue(), tuple.getValueNode()));
            }
        }
        return entries;
    }

    private T list(List<Entry> entries) {
        var items = new ArrayList<T>();
        entries.forEach(entry -> value(entry).ifPresent(items::add));
        return builder.list(items);
    }
}
