package facteur.cli;

import facteur.platform.idna.DomainName;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur domain remove`.
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes a domain from an office, which then no longer uses it. With the last office, the keys of the domain are deleted. With --relay, deletes the keys of a domain of the relay itself.")
final class DomainRemove implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final DomainOptions options = new DomainOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainRemove(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var commandLine = spec.commandLine();
        if (!options.isRelay(commandLine)) {
            var _ = options.requiredOffice(commandLine);
        }
        return options.each(
                invocation,
                commandLine,
                (own, domain) -> {
                    own.remove(domain);
                    invocation.out().println(DomainName.shown(domain.domain()) + "  keys deleted");
                    return ExitCode.OK;
                },
                (desk, _, claims) -> {
                    for (var claim : claims) {
                        desk.remove(claim.domain(), claim.office());
                        invocation.out().println(DomainName.shown(claim.domain()) + "  removed from office " + claim.office());
                    }
                    return ExitCode.OK;
                });
    }
}
