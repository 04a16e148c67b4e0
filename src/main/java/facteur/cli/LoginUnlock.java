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
        description = "Makes the running relay accept logins again from an address that was locked out after failed logins.")
final class LoginUnlock implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "ADDRESS", description = "The address, or a network such as 192.0.2.0/24. facteur status lists the locked ones.")
    private String address = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    LoginUnlock(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException {
        try {
            var _ = Network.parse(address);
        } catch (IllegalArgumentException notOne) {
            throw new ParameterException(spec.commandLine(), String.valueOf(notOne.getMessage()), notOne);
        }
        var unlocked = new AdminPort(config.installation(invocation), invocation).post("/login/unlock?address=" + address).texts("unlocked");
        if (unlocked.isEmpty()) {
            throw CommandException.of(ExitCode.DATA, address + " is not locked out");
        }
        unlocked.forEach(client -> invocation.out().println(client + " may log in again"));
        return ExitCode.OK.number();
    }
}
