package facteur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur addresses`: nothing by itself.
@Command(
        name = "addresses",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Lists the addresses of an office's clients that don't work, and takes some off the list, in the database itself, whether or not a"
                + " daemon runs.")
final class Addresses implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is required");
    }
}
