package facteur.settings;

import facteur.office.Role;
import facteur.platform.config.Word;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Puts the rows of one relation card together: people under their roles, in the order of the rows. Stateless.
final class SqlCard {
    private static final String ROLE = "role";
    private static final String MAILBOX = "mailbox";
    private static final List<String> ROLES =
            Stream.of(Role.values()).map(Word::of).toList();

    /// The columns there may be.
    static final List<String> LABELS =
            Stream.concat(ROLES.stream(), Stream.of(ROLE, MAILBOX)).toList();

    private SqlCard() {}

    /// @param problems gets key and message of what can't be put together
    static Map<String, Collection<String>> tree(SqlRows rows, BiConsumer<String, String> problems) {
        SequencedMap<String, Collection<String>> people = new LinkedHashMap<>();
        for (var row : rows.rows()) {
            for (var role : ROLES) {
                add(people, role, row.getOrDefault(role, ""));
            }
            var role = row.getOrDefault(ROLE, "");
            var mailbox = row.getOrDefault(MAILBOX, "");
            if (role.isEmpty() && !mailbox.isEmpty()) {
                problems.accept(MAILBOX, "in a row without role: " + mailbox);
            }
            add(people, role, mailbox);
        }
        return people;
    }

    private static void add(Map<String, Collection<String>> people, String role, String text) {
        if (!role.isEmpty() && !text.isEmpty()) {
            people.computeIfAbsent(role, _ -> new LinkedHashSet<>()).add(text);
        }
    }
}
