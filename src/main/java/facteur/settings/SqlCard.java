package facteur.settings;

import facteur.office.Roles;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Puts the rows of one relation card together: people under their roles, in the order of the rows. Immutable.
final class SqlCard {
    private static final String ROLE = "role";
    private static final String MAILBOX = "mailbox";
    private static final String NAME = "name";

    private final List<String> roles;

    SqlCard(Roles roles) {
        this.roles = roles.names();
    }

    /// The columns there may be.
    List<String> labels() {
        return Stream.concat(roles.stream(), Stream.of(ROLE, MAILBOX, NAME)).toList();
    }

    /// @param problems gets key and message of what can't be put together
    Map<String, Collection<String>> tree(SqlRows rows, BiConsumer<String, String> problems) {
        SequencedMap<String, Collection<String>> people = new LinkedHashMap<>();
        for (var row : rows.rows()) {
            for (var role : roles) {
                add(people, role, row.getOrDefault(role, ""));
            }
            var role = row.getOrDefault(ROLE, "");
            var mailbox = row.getOrDefault(MAILBOX, "");
            if (role.isEmpty() && !mailbox.isEmpty()) {
                problems.accept(MAILBOX, "in a row without role: " + mailbox);
            }
            add(people, role, mailbox);
            name(people, row.getOrDefault(NAME, ""), problems);
        }
        return people;
    }

    /// The client's, which every row may repeat.
    private static void name(Map<String, Collection<String>> card, String name, BiConsumer<String, String> problems) {
        add(card, NAME, name);
        if (card.getOrDefault(NAME, List.of()).size() > 1) {
            problems.accept(NAME, "two values: " + String.join(" and ", card.get(NAME)));
        }
    }

    private static void add(Map<String, Collection<String>> people, String role, String text) {
        if (!role.isEmpty() && !text.isEmpty()) {
            people.computeIfAbsent(role, _ -> new LinkedHashSet<>()).add(text);
        }
    }
}
