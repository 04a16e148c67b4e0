package facteur.cli;

import facteur.domain.DomainDesk;
import facteur.domain.DomainJson;
import facteur.domain.Evidence;
import facteur.domain.Finding;
import facteur.domain.KeyFinding;
import facteur.domain.MailHosts;
import facteur.domain.OwnDomain;
import facteur.domain.OwnDomains;
import facteur.domain.Spf;
import facteur.platform.json.Json;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur domain check`.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks the DNS records of a domain now, stores the result, and prints each record.")
final class DomainCheck implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final DomainOptions options = new DomainOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--explain", description = "Explains what a receiver that enforces DMARC does with letters From the domain.")
    private boolean explain;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainCheck(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        return options.each(invocation, spec.commandLine(), this::own, (desk, config, claims) -> {
            var text = new CheckText(
                    config.rules().reversePath(),
                    config.returns().map(returns -> returns.domains().bounces()),
                    explain ? CheckText.Detail.EXPLAINED : CheckText.Detail.PLAIN,
                    desk::spf);
            var checked = new ArrayList<DomainDesk.Checked>();
            for (var claim : claims) {
                checked.add(desk.check(claim));
            }
            invocation.out().println(json ? text.json(checked) : text.text(checked));
            var problems = checked.stream().flatMap(each -> each.findings().keyProblems().stream()).distinct().toList();
            problems.forEach(problem -> invocation.err().println("facteur: letters can't be signed with it: " + problem));
            return problems.isEmpty() ? exitCode(checked) : ExitCode.IO;
        });
    }

    private ExitCode own(OwnDomains own, OwnDomain domain) throws IOException {
        var mailHosts = own.mailHosts(domain);
        var keys = own.check(domain).stream().map(KeyFinding::finding).toList();
        invocation.out().println(json ? Json.of(DomainJson.findings(domain.domain(), mailHosts, keys)) : text(own, domain, mailHosts, keys));
        var problems = own.keyProblems(domain);
        problems.forEach(problem -> invocation.err().println("facteur: letters can't be signed with it: " + problem));
        var found = Stream.concat(mailHosts.map(MailHosts::finding).stream(), keys.stream());
        return problems.isEmpty() ? exitCode(found.map(Finding::verdict).collect(Collectors.toSet())) : ExitCode.IO;
    }

    private String text(OwnDomains own, OwnDomain domain, Optional<MailHosts> mailHosts, List<Finding> keys) {
        return OwnCheckText.of(own, domain, mailHosts, keys, explain ? own.spf(domain).map(Spf::sentence) : Optional.empty());
    }

    /// A domain of the relay needs no key.
    private static ExitCode exitCode(Set<Finding.Verdict> verdicts) {
        if (verdicts.contains(Finding.Verdict.WRONG)) {
            return ExitCode.DATA;
        }
        return verdicts.contains(Finding.Verdict.UNCLEAR) ? ExitCode.UNAVAILABLE : ExitCode.OK;
    }

    private static ExitCode exitCode(List<DomainDesk.Checked> checked) {
        var evidence = checked.stream().map(each -> each.findings().evidence()).toList();
        if (evidence.stream().anyMatch(Evidence.Mismatch.class::isInstance)) {
            return ExitCode.DATA;
        }
        return evidence.stream().anyMatch(Evidence.Unclear.class::isInstance) ? ExitCode.UNAVAILABLE : ExitCode.OK;
    }
}
