package facteur.platform.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A value of JSON (RFC 8259). Immutable. Its text form is compact JSON, and each value of one type and content has the same one.
public sealed interface JsonValue {
    JsonValue NULL = new Null();

    record Text(String text) implements JsonValue {
        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /// Compared by its value: 1.0 is 1.
    @SuppressWarnings("AvoidCommonTypeNames") // The word of RFC 8259, and never without the name of this type.
    record Number(BigDecimal number) implements JsonValue {
        public Number(long number) {
            this(BigDecimal.valueOf(number));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Number(var same) && number.compareTo(same) == 0;
        }

        @Override
        public int hashCode() {
            return number.stripTrailingZeros().hashCode();
        }

        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    record Bool(boolean isTrue) implements JsonValue {
        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    record Null() implements JsonValue {
        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    record Array(List<JsonValue> elements) implements JsonValue {
        public Array {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    /// An object; its order is kept, and makes no difference when compared.
    record Members(SequencedMap<String, JsonValue> members) implements JsonValue {
        public static final Members NONE = new Members(new LinkedHashMap<>());

        public Members {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        /// Empty when there is no such member; `null` is one.
        public Optional<JsonValue> member(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /// The same with this member, at its place if it is there, else last.
        public Members with(String name, JsonValue value) {
            var changed = new LinkedHashMap<>(members);
            changed.put(name, value);
            return new Members(changed);
        }

        public Members without(String name) {
            var changed = new LinkedHashMap<>(members);
            changed.remove(name);
            return new Members(changed);
        }

        @Override
        public String toString() {
            return JsonWriter.compact(this);
        }
    }

    static JsonValue of(String text) {
        return new Text(text);
    }

    static JsonValue ofTexts(List<String> texts) {
        var elements = new ArrayList<JsonValue>(texts.size());
        texts.forEach(text -> elements.add(new Text(text)));
        return new Array(elements);
    }
}
