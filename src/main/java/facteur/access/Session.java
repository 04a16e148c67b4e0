package facteur.access;

import java.time.Instant;
import java.util.Optional;

/// Somebody who is signed in. Immutable.
///
/// @param rights as they are now; none while the second step is missing
/// @param usedAt up to a minute early
/// @param until when it ends at the latest; without a request it ends earlier
/// @param language that its holder has chosen; empty: the browser's
/// @param returnTo the suite's page to go back to
/// @param embed the one origin that may show it in a frame
/// @param needsSecondStep whether only the password was right so far
/// @param peer the address that it was begun from
/// @param agent the browser, in its own words
public record Session(
        SessionId id,
        Holder holder,
        Rights rights,
        Instant madeAt,
        Instant usedAt,
        Instant until,
        Optional<String> language,
        Optional<String> returnTo,
        Optional<String> embed,
        boolean needsSecondStep,
        String peer,
        String agent) {
    /// The same, with what a person is and may now.
    Session of(Person person) {
        return new Session(
                id,
                person.holder(),
                needsSecondStep ? Rights.NONE : person.rights(),
                madeAt,
                usedAt,
                until,
                person.language().or(() -> language),
                returnTo,
                embed,
                needsSecondStep,
                peer,
                agent);
    }
}
