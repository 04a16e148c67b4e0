package facteur.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur domain rotate`.
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Creates new keys for a domain, and prints the records to publish. The old keys sign until the new records are seen in the DNS.")
final class DomainRotate implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final DomainOptions options = new DomainOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainRotate(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        return options.each(
                invocation,
                spec.commandLine(),
                (own, domain) -> {
                    own.rotate(domain);
                    return printed(new RecordsText(domain.domain(), own.records(domain)));
                },
                (desk, _, claims) -> {
                    desk.rotate(claims.getFirst().domain());
                    return printed(RecordsText.of(desk, claims));
                });
    }

    private ExitCode printed(RecordsText records) {
        invocation.out().println(json ? records.json() : records.text());
        return ExitCode.OK;
    }
}
