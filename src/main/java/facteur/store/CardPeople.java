package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.office.OfficeId;
import facteur.office.Role;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Counts who stands on an office's cards. Most cards name the same few people, so the database gathers those that say the same. One thread.
final class CardPeople {
    private static final String GROUPS = "select people, count(*) from card where office = ? and people <> '{}' group by people";

    private static final Comparator<CardPerson> BY_NAME = Comparator.comparing(
            (CardPerson person) -> person.mailbox().toString().toLowerCase(Locale.ROOT))
            .thenComparing(person -> person.mailbox().address().toString());

    /// Cards that name the same people in the same roles.
    private record Group(CardText text, long cards) {}

    private static final class Count {
        private Mailbox mailbox;
        private long cards;
        private final Map<Role, Long> roles = new HashMap<>();

        Count(Mailbox mailbox) {
            this.mailbox = mailbox;
        }

        CardPerson person() {
            return new CardPerson(mailbox, cards, roles);
        }
    }

    private final Map<String, Count> counts = new HashMap<>();

    private CardPeople() {}

    /// By name, as people look for them.
    static List<CardPerson> of(Statements statements, OfficeId office) throws SQLException {
        var people = new CardPeople();
        statements.list(GROUPS, row -> new Group(new CardText("", row.getString(1)), row.getLong(2)), office.text()).forEach(people::add);
        return people.counts.values().stream().map(Count::person).sorted(BY_NAME).toList();
    }

    private void add(Group group) {
        var onCard = new HashSet<String>();
        group.text().mailboxes().forEach((role, mailboxes) -> {
            var inRole = new HashSet<String>();
            for (var mailbox : mailboxes) {
                var key = mailbox.address().mailboxKey();
                var count = counts.computeIfAbsent(key, _ -> new Count(mailbox));
                count.mailbox = count.mailbox.orNamed(mailbox.name());
                if (onCard.add(key)) {
                    count.cards += group.cards();
                }
                if (inRole.add(key)) {
                    count.roles.merge(role, group.cards(), Long::sum);
                }
            }
        });
    }
}
