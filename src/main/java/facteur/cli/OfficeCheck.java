package facteur.cli;

import facteur.domain.Claims;
import facteur.domain.DomainSettings;
import facteur.mail.smtp.Address;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.database.DatabaseSettings;
import facteur.platform.failure.Reason;
import facteur.relay.Config;
import facteur.settings.OfficeDomains;
import facteur.settings.OfficeReader;
import facteur.settings.SourceSettings;
import facteur.store.StoredOffices;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks the offices' own files against the domains that were added, and the routes. For one thread.
final class OfficeCheck {
    private final Config config;
    private final Problems problems;
    private final OfficeDomains domains;

    /// @param problems gets the findings
    OfficeCheck(Config config, Problems problems) {
        this.config = config;
        this.problems = problems;
        // With problems, the configured database is unknown.
        this.domains = config.knownDomains(problems.isEmpty() ? claims() : Optional.empty());
    }

    void run() {
        var isStored = problems.isEmpty() && config.rules().settings() instanceof SourceSettings.InStore;
        var fromDomains = new HashSet<>(isStored ? readStore() : config.readOffices(problems, domains));
        if (!fromDomains.isEmpty()) {
            fromDomains.add(config.sharedAddress().asciiDomain());
            fromDomains.add(config.hostname());
            lookAtRoutes(fromDomains);
        }
    }

    /// Of all servers, that of the store alone is asked, since nothing else knows its offices.
    ///
    /// @return the domains that offices want to write under; none when that isn't known
    private Set<String> readStore() {
        if (config.spool().database() instanceof DatabaseSettings.InState(var state) && Files.notExists(state.resolve("facteur.db"))) {
            return Set.of();
        }
        try (var database = config.spool().database().openBeside()) {
            return new StoredOffices(database, new OfficeReader(config.sharedAddress(), config.rules().roles()), config.rules().roles(), domains,
                    problems).read();
        } catch (SQLException away) {
            problems.warn(config.reading().file(), 0, "settings", "the store can't be read, so offices aren't checked: " + Reason.of(away));
            return Set.of();
        }
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
