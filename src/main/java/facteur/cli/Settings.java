package facteur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur settings`: nothing by itself.
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Shows and changes the settings of offices that are kept in the database, whether or not a daemon runs.")
final class Settings implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is required");
    }
}
