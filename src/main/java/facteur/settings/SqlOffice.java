package facteur.settings;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Puts the rows of one office together, as its file would say it (`src/docs/settings.md#from-a-database-or-a-service`). What mailboxes and choices mean is not
/// looked at here. In order of the alphabet, so that the order of rows makes no other version. For one thread.
final class SqlOffice {
    private static final String VERSION = "version";
    private static final String USERS = "users";
    private static final String CONTEXT = "context";
    private static final String REPLIES = "replies";
    private static final String RETURNS = "returns";
    private static final List<String> OFFICE_KEYS =
            List.of("company", "company.name", "company.address", "from.address", "from.name", "reply-to", "sandbox", "when-unverified", REPLIES,
                    "returns.tell", "returns.known-bad", "returns.auto-replies", "returns.language", VERSION);
    private static final List<String> CONTEXT_KEYS =
            List.of("context.reply-to", "context.address", "context.from.address", "context.from.name", "context.replies");

    /// The columns there may be.
    static final List<String> LABELS = List.of(OFFICE_KEYS, List.of(USERS, CONTEXT), CONTEXT_KEYS).stream()
            .flatMap(List::stream)
            .toList();

    private final BiConsumer<String, String> problems;
    private final Map<String, String> office = new TreeMap<>();
    private final Map<String, Map<String, String>> contexts = new TreeMap<>();
    private final Collection<String> users = new TreeSet<>();

    /// @param problems gets key and message of what rows contradict
    SqlOffice(SqlRows rows, BiConsumer<String, String> problems) {
        this.problems = problems;
        rows.rows().forEach(this::add);
    }

    Optional<String> version() {
        return Optional.ofNullable(office.get(VERSION));
    }

    /// The tree of an office file, without `relations`.
    Map<String, Object> tree() {
        var tree = new TreeMap<String, Object>();
        company().ifPresent(company -> tree.put("company", company));
        put(tree, "reply-to", office, "reply-to");
        put(tree, "sandbox", office, "sandbox");
        put(tree, "when-unverified", office, "when-unverified");
        putFrom(tree, office, "from");
        put(tree, REPLIES, office, REPLIES);
        putGroup(tree, RETURNS, List.of("tell", "known-bad", "auto-replies", "language"), office, RETURNS);
        if (!users.isEmpty()) {
            tree.put(USERS, users);
        }
        if (!contexts.isEmpty()) {
            var trees = new TreeMap<String, Object>();
            contexts.forEach((name, values) -> trees.put(name, context(values)));
            tree.put("contexts", trees);
        }
        return tree;
    }

    private static Map<String, Object> context(Map<String, String> values) {
        var tree = new TreeMap<String, Object>();
        put(tree, "reply-to", values, "context.reply-to");
        put(tree, "address", values, "context.address");
        putFrom(tree, values, "context.from");
        put(tree, REPLIES, values, "context.replies");
        return tree;
    }

    private static void putFrom(Map<String, Object> tree, Map<String, String> values, String key) {
        putGroup(tree, "from", List.of("address", "name"), values, key);
    }

    /// Keys below one key.
    private static void putGroup(Map<String, Object> tree, String name, List<String> parts, Map<String, String> values, String key) {
        var group = new TreeMap<String, Object>();
        parts.forEach(part -> put(group, part, values, key + "." + part));
        if (!group.isEmpty()) {
            tree.put(name, group);
        }
    }

    private static void put(Map<String, Object> tree, String name, Map<String, String> values, String key) {
        Optional.ofNullable(values.get(key)).ifPresent(value -> tree.put(name, value));
    }

    private void add(Map<String, String> row) {
        OFFICE_KEYS.forEach(key -> set(office, key, row.get(key), ""));
        Optional.ofNullable(row.get(USERS)).ifPresent(users::add);
        var context = row.get(CONTEXT);
        var values = context == null ? null : contexts.computeIfAbsent(context, _ -> new TreeMap<>());
        for (var key : CONTEXT_KEYS) {
            if (values != null) {
                set(values, key, row.get(key), " in the context " + context);
            } else if (row.containsKey(key)) {
                problems.accept(key, "in a row without context: " + row.get(key));
            }
        }
    }

    private void set(Map<String, String> values, String key, @Nullable String value, String where) {
        if (value == null) {
            return;
        }
        var other = values.putIfAbsent(key, value);
        if (other != null && !other.equals(value)) {
            problems.accept(key, "two values" + where + ": " + other + " and " + value);
        }
    }

    /// One mailbox, or the name and address that tables keep apart.
    private Optional<String> company() {
        var mailbox = Optional.ofNullable(office.get("company"));
        var name = Optional.ofNullable(office.get("company.name"));
        var address = Optional.ofNullable(office.get("company.address"));
        if (mailbox.isPresent() && (name.isPresent() || address.isPresent())) {
            problems.accept("company", "given as a whole and also in parts");
        }
        if (name.isPresent() && address.isEmpty()) {
            problems.accept("company.address", "is missing");
        }
        return mailbox.or(() -> address.map(text -> name.map(SqlOffice::quoted).orElse("") + "<" + text + ">"));
    }

    /// RFC 5322 §3.2.4.
    private static String quoted(String name) {
        return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" ";
    }
}
