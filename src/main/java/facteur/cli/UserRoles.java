package facteur.cli;

import facteur.access.Grant;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur user roles`.
@Command(
        name = "roles",
        mixinStandardHelpOptions = true,
        description = "Gives a person other roles in place of the present ones; they count from the next request on.")
final class UserRoles implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "What the person signs in with.")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private RoleOptions role = new RoleOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UserRoles(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var grants = grants();
        try (var database = config.installation(invocation).openQueue()) {
            var person = database.persons().grant(name, grants).orElseThrow(() -> UserLines.unknown(name));
            database.recorder().changed();
            invocation.out().println(person.login() + "  " + UserLines.roles(person));
        }
        return ExitCode.OK.number();
    }

    private List<Grant> grants() {
        try {
            return role.grants();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
