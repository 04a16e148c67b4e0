package facteur.cli;

import facteur.platform.json.Json;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `facteur user list`.
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the persons of the console, with their roles and last sign-in.")
final class UserList implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    UserList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        try (var database = config.installation(invocation).openQueue()) {
            var persons = database.persons().list();
            invocation.out().println(
                    json ? Json.of(Map.of("users", persons.stream().map(UserLines::members).toList())) : UserLines.text(persons));
        }
        return ExitCode.OK.number();
    }
}
