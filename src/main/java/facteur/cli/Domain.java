package facteur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur domain`: nothing by itself.
@Command(
        name = "domain",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Adds, checks and removes domains of offices, in the database itself, whether or not a daemon runs.")
final class Domain implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is required");
    }
}
