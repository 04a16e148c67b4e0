package facteur.cli;

import facteur.domain.Claim;
import facteur.domain.DomainJson;
import facteur.domain.DomainSettings;
import facteur.domain.OwnDomain;
import facteur.domain.OwnDomains;
import facteur.platform.config.Word;
import facteur.platform.idna.DomainName;
import facteur.platform.json.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `facteur domain list`.
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the domains that offices have added, and the state of each.")
final class DomainList implements Callable<Integer> {
    private static final String FORM = "%-30s  %-16s  %-11s  %-20s  %-20s  %s";

    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    DomainList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var installation = config.installation(invocation).asOwner();
        var read = installation.config();
        try (var database = installation.openDomains(read)) {
            var claims = database.domains(read).list();
            var own = database.ownDomains(read);
            invocation.out().println(json ? Json.of(members(claims, own, read.rules().domains())) : text(claims, own, read.rules().domains()));
            return ExitCode.OK.number();
        }
    }

    private static String text(List<Claim> claims, OwnDomains own, DomainSettings domains) {
        var text = new StringBuilder(FORM.formatted("domain", "office", "state", "since", "last check", "reason"));
        for (var claim : claims) {
            text.append('\n').append(FORM.formatted(
                    DomainName.shown(claim.domain()),
                    claim.office(),
                    claim.state().word(),
                    seconds(claim.state().since()),
                    claim.checkedAt().map(DomainList::seconds).orElse("-"),
                    claim.state().reason()).stripTrailing());
        }
        own.list().stream().filter(domain -> isShown(domain, own)).forEach(domain -> text.append('\n')
                .append(FORM.formatted(DomainName.shown(domain.domain()), "the relay", Word.of(own.state(domain)), "-", "-", "of the relay itself")));
        domains.trusted().stream().sorted().forEach(domain -> text.append('\n')
                .append(FORM.formatted(DomainName.shown(domain), "any", "trusted", "-", "-", "trusted by the configuration")));
        return text + switch (domains.verification()) {
            case DNS -> "";
            case NONE -> "\ndomains.verify is none: only trusted domains are used";
        };
    }

    private static Map<String, Object> member(OwnDomain domain, OwnDomains own) {
        var members = new LinkedHashMap<String, Object>();
        members.put("domain", domain.domain());
        members.put("keys", Word.of(own.state(domain)));
        return members;
    }

    /// The shared address's needs no keys, and may be an office's claim.
    private static boolean isShown(OwnDomain domain, OwnDomains own) {
        return !domain.uses().equals(Set.of(OwnDomain.Use.FROM)) || own.state(domain) != OwnDomains.State.NO_KEY;
    }

    private static String seconds(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
    }

    private static Map<String, Object> members(List<Claim> claims, OwnDomains own, DomainSettings domains) {
        var members = new LinkedHashMap<String, Object>();
        members.put("domains", claims.stream().map(DomainJson::claim).toList());
        members.put("relay", own.list().stream().filter(domain -> isShown(domain, own))
                .map(domain -> member(domain, own)).toList());
        members.put("trusted", domains.trusted().stream().sorted().toList());
        members.put("verify", Word.of(domains.verification()));
        return members;
    }
}
