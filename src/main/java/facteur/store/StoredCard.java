package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.office.RelationId;
import facteur.office.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A client's card as it is kept. Immutable.
///
/// @param name the client's; empty when it isn't known
/// @param version that wrote it last
public record StoredCard(RelationId relation, String name, Map<Role, List<Mailbox>> people, long version, Instant changedAt) {
    public StoredCard {
        people = Map.copyOf(people);
    }
}
