package facteur.office;

import facteur.mail.message.DisplayName;
import facteur.mail.message.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The people of an office who answer for one client, by role.
///
/// @param name the client's, for people who look a card up, and in no letter; empty when none
/// @param version that letters keep; empty where the source counts none
public record RelationCard(Map<Role, List<Mailbox>> roles, String name, String version) {
    /// More people don't get a reply.
    public static final int PEOPLE_LIMIT = 5;

    /// A card without people: the one of an unknown client.
    public static final RelationCard EMPTY = new RelationCard(Map.of());

    public RelationCard {
        roles = Map.copyOf(roles);
        name = DisplayName.visible(name);
    }

    public RelationCard(Map<Role, List<Mailbox>> roles) {
        this(roles, "");
    }

    public RelationCard(Map<Role, List<Mailbox>> roles, String name) {
        this(roles, name, "");
    }

    public RelationCard withVersion(String other) {
        return new RelationCard(roles, name, other);
    }

    /// The people in the role, in card order, each once.
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
