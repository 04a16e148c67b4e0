package facteur.cli;

import facteur.app.Network;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur login unlock`.
@Command(
        name = "unlock",
        mixinStandardHelpOptions = true,
        description = "Has the running relay listen again to logins from an address that has failed too often.")
final class LoginUnlock implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "ADDRESS", description = "The address, or a network such as 192.0.2.0/24 for all in it. facteur status names those that are locked.")
    private String address = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    LoginUnlock(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        try {
            var _ = Network.parse(address);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(commandLine, String.valueOf(notOne.getMessage()));
        }
        return program.unlock(config.file(), address, commandLine.getOut(), commandLine.getErr()).number();
    }
}
