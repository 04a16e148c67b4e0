package facteur.cli;

import facteur.platform.idna.DomainName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur domain remove`.
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes a domain from an office, which no longer writes under it. The last office takes the keys of the domain with it.")
final class DomainRemove implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final DomainOptions options = new DomainOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainRemove(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var out = commandLine.getOut();
        options.requiredOffice(commandLine);
        return options.each(program, commandLine, (desk, _, claims) -> {
            for (var claim : claims) {
                desk.remove(claim.domain(), claim.office());
                out.println(DomainName.shown(claim.domain()) + "  removed from office " + claim.office());
            }
            return ExitCode.OK;
        });
    }
}
