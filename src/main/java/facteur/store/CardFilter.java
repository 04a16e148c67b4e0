package facteur.store;

import facteur.office.Role;
import java.util.Optional;

/// Which cards.
///
/// @param text in the number, the client's name or a person
/// @param person the address of one who stands on it
/// @param emptyRole a role that is empty
public record CardFilter(Optional<String> text, Optional<String> person, Optional<Role> emptyRole) {
    public static final CardFilter ALL = new CardFilter(Optional.empty(), Optional.empty(), Optional.empty());
}
