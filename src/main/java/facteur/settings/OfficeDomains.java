package facteur.settings;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import java.util.Optional;

/// What is known of domains, for the checks of settings: those that offices want to write under, and those that the relay has for what
/// comes back.
@FunctionalInterface
public interface OfficeDomains {
    /// Whether the state folder has keys for a domain.
    ///
    /// @param domain in A-labels
    boolean hasKeys(String domain);

    /// What keeps letters of the office from leaving under the address, or may soon, and what to do about it; empty when
    /// nothing does, or that isn't known.
    default Optional<String> trouble(OfficeId office, Address address) {
        return Optional.empty();
    }

    /// Whether letters leave with return addresses; true where that isn't known.
    default boolean hasReturns() {
        return true;
    }

    /// Whether letters can leave with an address of the relay's for replies; true where that isn't known.
    default boolean hasReplies() {
        return true;
    }
}
