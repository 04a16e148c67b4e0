package facteur.domain;

import java.util.Set;

/// A domain of the relay itself, named by the configuration. Immutable.
///
/// @param domain in lower case and A-labels
public record OwnDomain(String domain, Set<Use> uses) {
    public enum Use {
        /// Letters, reports and notices leave under an address there.
        FROM,
        /// Letters leave with return addresses there.
        BOUNCES,
        /// Replies come there.
        REPLIES
    }

    public OwnDomain {
        uses = Set.copyOf(uses);
    }
}
