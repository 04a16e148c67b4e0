package facteur.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What stands behind the question mark, as forms encode it: `person=jan%40dupont.example&limit=50`. Immutable.
final class Query {
    static final Query NONE = new Query(new LinkedHashMap<>());

    /// What the text is.
    sealed interface Reading {
        record Read(Query query) implements Reading {}

        record Unreadable() implements Reading {}

        /// A field stands there twice; which one counts, programs disagree.
        record Twice(String field) implements Reading {}
    }

    private final SequencedMap<String, String> fields;

    private Query(SequencedMap<String, String> fields) {
        this.fields = fields;
    }

    /// @param raw undecoded; may be empty
    static Reading parse(String raw) {
        var fields = new LinkedHashMap<String, String>();
        for (var part : raw.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            var equals = part.indexOf('=');
            var name = decode(equals < 0 ? part : part.substring(0, equals));
            var value = decode(equals < 0 ? "" : part.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return new Reading.Unreadable();
            }
            if (fields.putIfAbsent(name.get(), value.get()) != null) {
                return new Reading.Twice(name.get());
            }
        }
        return new Reading.Read(new Query(fields));
    }

    private static Optional<String> decode(String raw) {
        return PercentText.decode(raw.replace('+', ' '));
    }

    /// Empty when it isn't there; a field without `=` is an empty text.
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    Map<String, String> fields() {
        return fields;
    }
}
