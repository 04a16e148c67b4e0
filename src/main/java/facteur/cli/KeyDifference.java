package facteur.cli;

import facteur.platform.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// What differs between two settings, for people: a line for each key with `-` for what goes and `+` for what comes. Stateless.
final class KeyDifference {
    private KeyDifference() {}

    /// @return none when there is no difference
    static List<String> between(JsonValue before, JsonValue after) {
        var old = leaves(before);
        var young = leaves(after);
        var keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(young.keySet());
        var lines = new ArrayList<String>();
        for (var key : keys) {
            add(lines, key, old.getOrDefault(key, List.of()), young.getOrDefault(key, List.of()));
        }
        return lines;
    }

    private static void add(List<String> lines, String key, List<String> before, List<String> after) {
        if (before.equals(after)) {
            return;
        }
        var gone = without(before, after);
        var come = without(after, before);
        // Only their order differs.
        var isMoved = gone.isEmpty() && come.isEmpty();
        (isMoved ? before : gone).forEach(value -> lines.add("- " + key + ": " + value));
        (isMoved ? after : come).forEach(value -> lines.add("+ " + key + ": " + value));
    }

    private static List<String> without(List<String> values, List<String> others) {
        var left = new ArrayList<>(values);
        others.forEach(left::remove);
        return left;
    }

    /// The values by their full keys; a list of texts is one key with several values.
    private static Map<String, List<String>> leaves(JsonValue value) {
        var leaves = new LinkedHashMap<String, List<String>>();
        gather("", value, leaves);
        return leaves;
    }

    private static void gather(String key, JsonValue value, Map<String, List<String>> leaves) {
        switch (value) {
            case JsonValue.Members(var members) when members.isEmpty() && !key.isEmpty() -> put(key, "{}", leaves);
            case JsonValue.Members(var members) ->
                members.forEach((name, member) -> gather(key.isEmpty() ? name : key + "." + name, member, leaves));
            case JsonValue.Array(var elements) when elements.isEmpty() -> put(key, "[]", leaves);
            case JsonValue.Array(var elements) -> elements.forEach(element -> put(key, shown(element), leaves));
            case JsonValue.Null _ -> {}
            case JsonValue.Text _, JsonValue.Number _, JsonValue.Bool _ -> put(key, shown(value), leaves);
        }
    }

    private static void put(String key, String text, Map<String, List<String>> leaves) {
        leaves.computeIfAbsent(key, _ -> new ArrayList<>()).add(text);
    }

    /// On one line, and without what could steer a terminal.
    private static String shown(JsonValue value) {
        var text = value instanceof JsonValue.Text(var words) ? words : value.toString();
        var clean = new StringBuilder();
        text.codePoints().forEach(point -> clean.appendCodePoint(isVisible(point) ? point : '?'));
        return clean.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
