package facteur.access;

import java.time.Instant;
import java.util.Optional;

/// Who has an account for the console. Immutable.
///
/// @param login in lower case
/// @param name as pages show it
/// @param address where a link for a new password goes
/// @param language that the person has chosen
/// @param hasPassword not before the first link was used
/// @param hasSecondStep whether an authenticator is asked for
public record Person(
        String login,
        String name,
        Optional<String> address,
        Optional<String> language,
        Rights rights,
        boolean hasPassword,
        boolean hasSecondStep,
        Instant madeAt,
        String madeBy,
        Optional<Instant> signedInAt,
        Optional<Disabling> disabling) {
    /// When and by whom the person was shut out.
    public record Disabling(Instant at, String by) {}

    public boolean isDisabled() {
        return disabling.isPresent();
    }

    public Holder.Person holder() {
        return new Holder.Person(login, name);
    }
}
