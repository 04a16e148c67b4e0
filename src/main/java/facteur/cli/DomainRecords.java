package facteur.cli;

import java.sql.SQLException;
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
        var out = invocation.out();
        return options.each(invocation, spec.commandLine(), (desk, _, claims) -> {
            if (json) {
                out.println(RecordsText.json(desk, claims));
            } else if (zone) {
                out.println(RecordsText.zone(desk, claims));
            } else {
                out.println(RecordsText.text(desk, claims));
            }
            var problems = desk.keyProblems(claims.getFirst().domain());
            problems.forEach(problem -> invocation.err().println("facteur: a record is missing: " + problem));
            return problems.isEmpty() ? ExitCode.OK : ExitCode.IO;
        });
    }
}
