package facteur.domain;

import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Knows the state of every domain. Those that the operator trusts are verified for all offices; any other has the state of
/// the office's own claim on it. A domain vouches for itself only, not for its subdomains; and for the office that has
/// proved it, no other.
///
/// Thread-safe; asks no database.
public final class DomainRegistry {
    private static final DomainState TRUSTED = new DomainState.Verified(Instant.EPOCH);

    private final Set<String> trusted;
    private final Claims claims;

    /// Of trusted domains alone.
    ///
    /// @param trusted in any case, U-labels or A-labels
    public DomainRegistry(Set<String> trusted) {
        this(trusted, new Claims());
    }

    DomainRegistry(Set<String> trusted, Claims claims) {
        this.trusted = trusted.stream().map(DomainSettings::domain).collect(Collectors.toUnmodifiableSet());
        this.claims = claims;
    }

    /// @return empty when neither the office has a claim on the address's domain nor the operator trusts it
    public Optional<DomainState> stateOf(OfficeId office, Address address) {
        var domain = address.asciiDomain();
        return trusted.contains(domain) ? Optional.of(TRUSTED) : claims.stateOf(office, domain);
    }
}
