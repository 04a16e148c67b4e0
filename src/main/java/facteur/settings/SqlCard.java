package facteur.settings;

import facteur.office.Roles;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Puts the rows of one relation card together: people under their roles, in the order of the rows, and the client's
/// name, which each row may repeat. Immutable.
final class SqlCard {
    private static final String ROLE = "role";
    private static final String MAILBOX = "mailbox";
    private static final String NAME = "name";

    private final Roles roles;
    private final List<String> names;

    SqlCard(Roles roles) {
        this.roles = roles;
        this.names = roles.names();
    }

    /// The columns there may be.
    List<String> labels() {
        return Stream.concat(names.stream(), Stream.of(ROLE, MAILBOX, NAME)).toList();
    }

    /// @param problems gets key and message of what can't be put together
    Map<String, Object> tree(SqlRows rows, BiConsumer<String, String> problems) {
        SequencedMap<String, Collection<String>> people = new LinkedHashMap<>();
        SequencedSet<String> clients = new LinkedHashSet<>();
        for (var row : rows.rows()) {
            for (var role : names) {
                add(people, role, row.getOrDefault(role, ""));
            }
            var role = row.getOrDefault(ROLE, "");
            var mailbox = row.getOrDefault(MAILBOX, "");
            if (role.isEmpty() && !mailbox.isEmpty()) {
                problems.accept(MAILBOX, "in a row without role: " + mailbox);
            }
            if (!role.isEmpty() && !names.contains(role)) {
                problems.accept(ROLE, roles.unlisted(role));
            }
            add(people, role, mailbox);
            Optional.ofNullable(row.get(NAME)).ifPresent(clients::add);
        }
        if (clients.size() > 1) {
            problems.accept(NAME, "two values: " + clients.getFirst() + " and " + clients.getLast());
        }
        var tree = new LinkedHashMap<String, Object>(people);
        clients.stream().findFirst().ifPresent(client -> tree.put(NAME, client));
        return tree;
    }

    private static void add(Map<String, Collection<String>> people, String role, String text) {
        if (!role.isEmpty() && !text.isEmpty()) {
            people.computeIfAbsent(role, _ -> new LinkedHashSet<>()).add(text);
        }
    }
}
