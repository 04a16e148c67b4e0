package facteur.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur domain records`.
@Command(
        name = "records",
        mixinStandardHelpOptions = true,
        description = "Prints the DNS records to publish for a domain.")
final class DomainRecords implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final DomainOptions options = new DomainOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--zone", description = "Prints only lines of a zone file.")
    private boolean zone;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainRecords(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        return options.each(
                invocation,
                spec.commandLine(),
                (own, domain) -> printed(new RecordsText(domain.domain(), own.records(domain)), own.keyProblems(domain)),
                (desk, _, claims) -> printed(RecordsText.of(desk, claims), desk.keyProblems(claims.getFirst().domain())));
    }

    private ExitCode printed(RecordsText records, List<String> problems) {
        if (json) {
            invocation.out().println(records.json());
        } else if (zone) {
            invocation.out().println(records.zone());
        } else {
            invocation.out().println(records.text());
        }
        problems.forEach(problem -> invocation.err().println("facteur: a record is missing: " + problem));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.IO;
    }
}
