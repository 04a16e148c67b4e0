package facteur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur upstream`: nothing by itself.
@Command(
        name = "upstream",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Tests the configured upstreams.")
final class Upstream implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is required");
    }
}
