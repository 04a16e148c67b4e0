package facteur.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `facteur login`: nothing by itself.
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "Manages logins of apps.")
final class Login implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is required");
    }
}
