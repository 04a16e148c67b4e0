package facteur.cli;

import facteur.domain.DomainDesk;
import facteur.domain.Evidence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        return options.each(invocation, spec.commandLine(), (desk, config, claims) -> {
            var text = new CheckText(config.rules().reversePath(), explain ? CheckText.Detail.EXPLAINED : CheckText.Detail.PLAIN, desk::spf);
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

    private static ExitCode exitCode(List<DomainDesk.Checked> checked) {
        var evidence = checked.stream().map(each -> each.findings().evidence()).toList();
        if (evidence.stream().anyMatch(Evidence.Mismatch.class::isInstance)) {
            return ExitCode.DATA;
        }
        return evidence.stream().anyMatch(Evidence.Unclear.class::isInstance) ? ExitCode.UNAVAILABLE : ExitCode.OK;
    }
}
