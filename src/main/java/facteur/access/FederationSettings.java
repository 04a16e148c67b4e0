package facteur.access;

import facteur.platform.config.Section;
import java.util.List;
import java.util.Optional;

/// Who vouches for people: the keys `suites` and `oidc` of the section `console`. Immutable.
public record FederationSettings(List<SuiteSettings> suites, Optional<OidcSettings> oidc) {
    public static final FederationSettings NONE = new FederationSettings(List.of(), Optional.empty());

    public FederationSettings {
        suites = List.copyOf(suites);
    }

    /// Reads `suites` and `oidc`.
    public static FederationSettings from(Section console) {
        return new FederationSettings(SuiteSettings.list(console), OidcSettings.from(console));
    }

    public Optional<SuiteSettings> suite(String name) {
        return suites.stream().filter(suite -> suite.name().equals(name)).findFirst();
    }
}
