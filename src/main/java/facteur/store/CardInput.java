package facteur.store;

import facteur.office.RelationId;
import facteur.office.Roles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an app, a file or a page says of one card. Immutable.
///
/// @param name empty when it isn't named, which isn't the same as an empty name
/// @param people by the roles that are named, as written
record CardInput(RelationId relation, boolean isDeletion, Optional<String> name, Map<String, List<String>> people) {
    CardInput {
        people = Map.copyOf(people);
    }

    /// @param listed what a card may name: a role that the configuration no longer lists goes with the first change, for no letter can be
    /// decided by a card that has it
    CardEdit edit(CardImport.Mode mode, Roles listed) {
        if (isDeletion) {
            return CardEdit.delete(relation);
        }
        return switch (mode) {
            case MERGE -> new CardEdit(relation, present -> Optional.of(merged(present.orElse(CardText.EMPTY), listed)));
            case REPLACE -> {
                var card = CardText.of(name.orElse(""), people);
                yield new CardEdit(relation, _ -> Optional.of(card));
            }
        };
    }

    private CardText merged(CardText present, Roles listed) {
        var roles = new HashMap<String, List<String>>(present.roles());
        roles.keySet().retainAll(listed.names());
        roles.putAll(people);
        return CardText.of(name.orElse(present.name()), roles);
    }
}
