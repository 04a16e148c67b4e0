package facteur.cli;

import facteur.domain.Claim;
import facteur.domain.DomainSettings;
import facteur.platform.config.Word;
import facteur.platform.idna.DomainName;
import facteur.platform.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur domain list`.
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the domains that offices have added, and how far each is proved.")
final class DomainList implements Callable<Integer> {
    private static final String FORM = "%-30s  %-16s  %-11s  %-20s  %-20s  %s";

    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainList(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        return program.domains(config.file(), spec.commandLine().getErr(), (desk, sending) -> {
            var claims = desk.list();
            out.println(json ? Json.of(members(claims, sending.domains())) : text(claims, sending.domains()));
            return ExitCode.OK;
        }).number();
    }

    private static String text(List<Claim> claims, DomainSettings domains) {
        var text = new StringBuilder(FORM.formatted("domain", "office", "state", "since", "last check", "what was found"));
        for (var claim : claims) {
            text.append('\n').append(FORM.formatted(
                    DomainName.shown(claim.domain()),
                    claim.office(),
                    claim.state().word(),
                    seconds(claim.state().since()),
                    claim.checkedAt().map(DomainList::seconds).orElse("-"),
                    claim.state().reason()).stripTrailing());
        }
        domains.trusted().stream().sorted().forEach(domain -> text.append('\n')
                .append(FORM.formatted(DomainName.shown(domain), "any", "trusted", "-", "-", "the operator's word")));
        return text + switch (domains.verification()) {
            case DNS -> "";
            case NONE -> "\ndomains.verify is none: only the trusted ones count";
        };
    }

    private static String seconds(Instant instant) {
        return Instant.ofEpochSecond(instant.getEpochSecond()).toString();
    }

    private static Map<String, Object> members(List<Claim> claims, DomainSettings domains) {
        var members = new LinkedHashMap<String, Object>();
        members.put("domains", claims.stream().map(DomainList::members).toList());
        members.put("trusted", domains.trusted().stream().sorted().toList());
        members.put("verify", Word.of(domains.verification()));
        return members;
    }

    /// A claim, as every verb prints it.
    static Map<String, Object> members(Claim claim) {
        var members = new LinkedHashMap<String, Object>();
        members.put("domain", claim.domain());
        members.put("unicode", DomainName.unicode(claim.domain()));
        members.put("office", claim.office());
        members.put("state", claim.state().word());
        members.put("usable", claim.state().isUsable());
        members.put("since", claim.state().since());
        members.put("reason", claim.state().reason());
        members.put("addedAt", claim.addedAt());
        members.put("checkedAt", claim.checkedAt().map(Instant::toString).orElse(""));
        members.put("sureAt", claim.sureAt().map(Instant::toString).orElse(""));
        members.put("nextCheckAt", claim.nextCheckAt());
        return members;
    }
}
