package facteur.domain;

import facteur.office.OfficeId;
import java.time.Instant;
import java.util.Optional;

/// An office's wish to write under a domain, and the state of its proof. Several offices may claim a domain, each with a
/// token of its own: the owner of the domain's DNS decides which of them may use it. Immutable.
///
/// @param domain in lower case and A-labels
/// @param token random; not secret, since only the domain's owner can publish it
/// @param checkedAt empty = never
/// @param sureAt when a check last found something out, right or wrong; empty = never
public record Claim(
        String domain,
        OfficeId office,
        String token,
        Instant addedAt,
        DomainState state,
        Instant nextCheckAt,
        Optional<Instant> checkedAt,
        Optional<Instant> sureAt) {
    /// Where its ownership record is.
    public String ownershipName() {
        return "_facteur." + domain;
    }

    /// The text of its ownership record.
    public String ownershipText() {
        return "facteur-verification=" + token;
    }

    Claim leasedUntil(Instant until) {
        return new Claim(domain, office, token, addedAt, state, until, checkedAt, sureAt);
    }
}
