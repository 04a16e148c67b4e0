package facteur.cli;

import facteur.domain.Claims;
import facteur.domain.DomainRegistry;
import facteur.domain.DomainSettings;
import facteur.domain.DomainState;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import facteur.settings.OfficeDomains;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks the offices' own files against the domains that were added, and the routes. For one thread.
final class OfficeCheck implements OfficeDomains {
    private final Config config;
    private final Problems problems;
    private final KeyFolder keys;
    private final Optional<DomainRegistry> registry;

    /// @param problems gets the findings
    OfficeCheck(Config config, Problems problems) {
        this.config = config;
        this.problems = problems;
        this.keys = new KeyFolder(config.state());
        // With problems, the configured database is unknown.
        this.registry = (problems.isEmpty() ? claims() : Optional.<Claims>empty()).map(config.rules().domains()::registry);
    }

    void run() {
        var fromDomains = new HashSet<>(config.readOffices(problems, this));
        if (!fromDomains.isEmpty()) {
            fromDomains.add(config.sharedAddress().asciiDomain());
            fromDomains.add(config.hostname());
            lookAtRoutes(fromDomains);
        }
    }

    @Override
    public boolean hasKeys(String domain) {
        return !keys.read(domain).keys().isEmpty();
    }

    @Override
    public Optional<String> trouble(OfficeId office, Address address) {
        var domain = address.asciiDomain();
        return registry.flatMap(known -> known.stateOf(office, address)
                .map(state -> trouble(state, domain))
                .orElseGet(() -> Optional.of(unknown(office, domain))));
    }

    private String unknown(OfficeId office, String domain) {
        return "isn't used: " + domain + switch (config.rules().domains().verification()) {
            case DNS -> " is neither added nor trusted. Write: facteur domain add " + domain + " --office " + office
                    + "; or, if no proof is needed, add it to domains.trusted";
            case NONE -> " isn't in domains.trusted, and domains.verify is none";
        };
    }

    private static Optional<String> trouble(DomainState state, String domain) {
        return switch (state) {
            case DomainState.Verified _ -> Optional.empty();
            case DomainState.Pending _ ->
                Optional.of("isn't used yet: " + domain + " is added but not verified; see: facteur domain records " + domain);
            case DomainState.Unconfirmed(var since, var reason) ->
                Optional.of("may fail verification by receivers: DNS gave no sure answer for " + domain + ", reported " + since + ": " + reason);
            case DomainState.Degraded(var since, _, var reason) ->
                Optional.of("won't be used for long: " + domain + " has failed verification since " + since + ": " + reason);
            case DomainState.Suspended(var since, var reason) ->
                Optional.of("isn't used: " + domain + " has been suspended since " + since + ": " + reason);
            case DomainState.Failed(var since, var reason) ->
                Optional.of("isn't used: " + domain + " was never verified, and failed " + since + ": " + reason);
        };
    }

    /// A check connects to no server: claims in PostgreSQL aren't read.
    ///
    /// @return empty when they can't be read; without claims when there is no database yet
    private Optional<Claims> claims() {
        var claims = new Claims();
        if (config.rules().domains().verification() == DomainSettings.Verification.NONE) {
            return Optional.of(claims);
        }
        return switch (config.spool().database()) {
            case DatabaseSettings.InState(var state) -> Files.notExists(state.resolve("facteur.db")) ? Optional.of(claims) : read(claims);
            case DatabaseSettings.OnServer _ -> Optional.empty();
        };
    }

    private Optional<Claims> read(Claims claims) {
        try (var database = config.spool().database().openBeside()) {
            claims.refresh(database);
            return Optional.of(claims);
        } catch (SQLException e) {
            problems.warn(config.reading().file(), 0, "domains",
                    "the added domains can't be read, so offices' addresses aren't checked: " + Reason.of(e));
            return Optional.empty();
        }
    }

    /// @param fromDomains that letters leave under
    private void lookAtRoutes(Set<String> fromDomains) {
        var root = ConfigFile.read(config.reading().file(), new Problems(), config.reading().environment());
        for (var route : root.sections("routes")) {
            for (var pattern : route.texts("from-domain", List.of())) {
                if (!pattern.startsWith("*.") && !isThere(pattern, fromDomains)) {
                    problems.warn(
                            route.file(),
                            route.line("from-domain"),
                            "routes",
                            "no office has an address at " + pattern + ": no letter takes this route");
                }
            }
        }
    }

    private static boolean isThere(String domain, Set<String> fromDomains) {
        return Address.parse("any@" + domain).filter(address -> fromDomains.contains(address.asciiDomain())).isPresent();
    }
}
