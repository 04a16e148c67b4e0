package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.office.Role;
import java.util.Map;

/// One who stands on cards. Immutable.
///
/// @param mailbox with a name, where a card has one
/// @param cards on how many, in whichever role
/// @param roles on how many in each
public record CardPerson(Mailbox mailbox, long cards, Map<Role, Long> roles) {
    public CardPerson {
        roles = Map.copyOf(roles);
    }
}
