package facteur.domain;

import facteur.config.Section;
import facteur.smtp.Address;
import java.util.Set;
import java.util.stream.Collectors;

/// Knows the state of every domain. Until domains are proved by DNS, the operator's word decides: the trusted ones are
/// verified. A domain vouches for itself only, not for its subdomains.
///
/// Immutable; safe to share between threads.
public final class DomainRegistry {
    private final Set<String> trusted;

    /// @param trusted domains in any case, U-labels or A-labels
    public DomainRegistry(Set<String> trusted) {
        this.trusted = trusted.stream()
                .map(DomainRegistry::domain)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Reads the section `domains`.
    public static DomainRegistry from(Section section) {
        return new DomainRegistry(Set.copyOf(section.values("trusted", DomainRegistry::domain)));
    }

    private static String domain(String text) {
        return Address.parse("any@" + text)
                .orElseThrow(() -> new IllegalArgumentException("not a domain: " + text))
                .asciiDomain();
    }

    public DomainState stateOf(Address address) {
        return trusted.contains(address.asciiDomain()) ? new DomainState.Verified() : new DomainState.Pending();
    }
}
