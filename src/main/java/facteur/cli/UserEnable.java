package facteur.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `facteur user enable`.
@Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets a disabled person in again, with the same password and roles.")
final class UserEnable implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "What the person signs in with.")
    private String name = "";

    UserEnable(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        try (var database = config.installation(invocation).openQueue()) {
            var persons = database.persons();
            var before = persons.find(name).orElseThrow(() -> UserLines.unknown(name));
            if (persons.enable(name).isPresent()) {
                database.recorder().changed();
            }
            invocation.out().println(before.login() + "  enabled");
        }
        return ExitCode.OK.number();
    }
}
