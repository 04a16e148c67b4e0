package facteur.office;

import facteur.mail.message.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who of the office answers for one client.
public record RelationCard(Map<Role, List<Mailbox>> roles) {
    /// A card that names nobody: what an unknown client gets.
    public static final RelationCard EMPTY = new RelationCard(Map.of());

    public RelationCard {
        roles = Map.copyOf(roles);
    }

    /// Those who have the role, in card order, each once.
    public List<Mailbox> people(Role role) {
        var people = new ArrayList<Mailbox>();
        for (var person : roles.getOrDefault(role, List.of())) {
            if (people.stream().noneMatch(other -> other.address().isSameMailbox(person.address()))) {
                people.add(person);
            }
        }
        return people;
    }
}
