package facteur.access;

import java.util.List;
import java.util.Optional;

/// What becomes of a sign-in at the provider.
public sealed interface OidcResult {
    /// @param grants one at least
    /// @param email as the provider has it; nothing depends on it
    /// @param language a word of ours, if the provider says one
    /// @param to where the person wanted to go
    record SignedIn(Holder.Federated holder, List<Grant> grants, Optional<String> email, Optional<String> language, OwnPath to)
            implements OidcResult {
        public SignedIn {
            grants = List.copyOf(grants);
        }

        /// The session that it begins.
        ///
        /// @param peer the address of the browser
        /// @param agent the browser, in its own words
        public NewSession session(String peer, String agent) {
            return NewSession.of(holder, grants, peer, agent).withLanguage(language);
        }
    }

    /// @param why a sentence for the operator
    /// @param who it was, once the provider has said so
    record Refused(OidcRefusal reason, String why, Optional<Holder.Federated> who) implements OidcResult {}
}
