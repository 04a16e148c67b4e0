package facteur.domain;

import facteur.mail.smtp.Address;
import facteur.platform.config.Section;
import facteur.platform.dns.DnsSettings;
import java.util.Set;
import java.util.stream.Collectors;

/// What the section `domains` says. Immutable.
///
/// @param trusted in lower case and A-labels
public record DomainSettings(Verification verification, Set<String> trusted, DnsSettings dns, Lifecycle lifecycle) {
    /// What proves a domain, besides the operator's word.
    public enum Verification {
        DNS,
        /// Nothing does: the DNS isn't asked, and claims that were proved before don't count.
        NONE
    }

    public DomainSettings {
        trusted = trusted.stream().map(DomainSettings::domain).collect(Collectors.toUnmodifiableSet());
    }

    public static DomainSettings from(Section section) {
        return new DomainSettings(
                section.choice("verify", Verification.DNS),
                Set.copyOf(section.values("trusted", DomainSettings::domain)),
                DnsSettings.from(section),
                Lifecycle.from(section));
    }

    /// In lower case and A-labels.
    ///
    /// @throws IllegalArgumentException when it is no domain
    public static String domain(String text) {
        return Address.parse("any@" + text)
                .map(Address::asciiDomain)
                .filter(domain -> !domain.startsWith("[") && !isAddress(domain))
                .orElseThrow(() -> new IllegalArgumentException("not a domain: " + text + Address.remark(text)));
    }

    /// `192.0.2.7`: no top-level domain has digits alone (RFC 3696 §2).
    private static boolean isAddress(String domain) {
        return domain.substring(domain.lastIndexOf('.') + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Knows the states of domains, by these settings.
    ///
    /// @param claims looked at for each letter
    public DomainRegistry registry(Claims claims) {
        return switch (verification) {
            case DNS -> new DomainRegistry(trusted, claims);
            case NONE -> new DomainRegistry(trusted, new Claims());
        };
    }
}
