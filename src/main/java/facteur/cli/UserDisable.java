package facteur.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `facteur user disable`.
@Command(
        name = "disable",
        mixinStandardHelpOptions = true,
        description = "Shuts a person out of the console, from the next request on: sessions and links end. The login stays taken.")
final class UserDisable implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "What the person signs in with.")
    private String name = "";

    UserDisable(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        try (var database = config.installation(invocation).openQueue()) {
            var persons = database.persons();
            var before = persons.find(name).orElseThrow(() -> UserLines.unknown(name));
            if (persons.disable(name, invocation.operator()).isPresent()) {
                database.recorder().changed();
            }
            invocation.out().println(before.login() + "  disabled");
        }
        return ExitCode.OK.number();
    }
}
