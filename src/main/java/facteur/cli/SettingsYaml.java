package facteur.cli;

import facteur.platform.json.JsonValue;
import facteur.platform.json.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Settings of an office as their file has them: keys in the order in which `settings.md` explains them, not in the one that they are kept
/// in, so that the same settings give the same bytes. Stateless.
final class SettingsYaml {
    private static final String FROM = "from";
    private static final String CONTEXTS = "contexts";
    private static final String REPLY_TO = "reply-to";
    private static final String RETURNS = "returns";
    private static final List<String> OFFICE =
            List.of("company", FROM, "when-unverified", REPLY_TO, CONTEXTS, "users", "replies", RETURNS, "sandbox");
    private static final List<String> CONTEXT = List.of(REPLY_TO, "address", FROM, "replies");
    private static final List<String> SENDER = List.of("address", "name");
    private static final List<String> COMING_BACK = List.of("tell", "known-bad", "auto-replies", "language");

    private SettingsYaml() {}

    static String of(JsonValue settings) {
        return settings instanceof JsonValue.Members members ? YamlWriter.write(office(members)) : YamlWriter.write(JsonValue.Members.NONE);
    }

    private static JsonValue.Members office(JsonValue.Members settings) {
        var ordered = inOrder(settings, OFFICE);
        ordered.computeIfPresent(FROM, (_, from) -> sender(from));
        ordered.computeIfPresent(CONTEXTS, (_, contexts) -> contexts(contexts));
        ordered.computeIfPresent(RETURNS, (_, returns) -> inOrder(returns, COMING_BACK));
        return new JsonValue.Members(ordered);
    }

    private static JsonValue contexts(JsonValue contexts) {
        if (!(contexts instanceof JsonValue.Members(var byName))) {
            return contexts;
        }
        var ordered = new LinkedHashMap<String, JsonValue>();
        new TreeMap<>(byName).forEach((name, context) -> ordered.put(name, context(context)));
        return new JsonValue.Members(ordered);
    }

    private static JsonValue context(JsonValue context) {
        if (!(context instanceof JsonValue.Members members)) {
            return context;
        }
        var ordered = inOrder(members, CONTEXT);
        ordered.computeIfPresent(FROM, (_, from) -> sender(from));
        return new JsonValue.Members(ordered);
    }

    private static JsonValue sender(JsonValue from) {
        return inOrder(from, SENDER);
    }

    private static JsonValue inOrder(JsonValue value, List<String> order) {
        return value instanceof JsonValue.Members members ? new JsonValue.Members(inOrder(members, order)) : value;
    }

    /// Those that aren't listed come last, by name.
    private static SequencedMap<String, JsonValue> inOrder(JsonValue.Members members, List<String> order) {
        var ordered = new LinkedHashMap<String, JsonValue>();
        order.forEach(name -> members.member(name).ifPresent(value -> ordered.put(name, value)));
        new TreeMap<>(members.members()).forEach(ordered::putIfAbsent);
        return ordered;
    }
}
