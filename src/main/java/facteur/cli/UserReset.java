package facteur.cli;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `facteur user reset`.
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = "Prints a link for another password as the only line of standard output. It works once, within an hour; until then the "
                + "present password is good.")
final class UserReset implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "What the person signs in with.")
    private String name = "";

    @Option(names = "--second-step", description = "Forgets authenticator and recovery codes, too, which are lost: the next sign-in enrols another.")
    private boolean isSecondStep;

    UserReset(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var installation = config.installation(invocation).asOwner();
        var link = PasswordLink.of(installation.console());
        try (var database = installation.open(installation.place(), installation.command())) {
            var persons = database.persons();
            var person = persons.find(name).orElseThrow(() -> UserLines.unknown(name));
            var ticket = persons.reset(name).orElseThrow(() -> CommandException.of(
                    ExitCode.DATA, person.login() + " is disabled: facteur user enable " + person.login() + " comes first"));
            database.recorder().changed();
            if (isSecondStep) {
                var _ = persons.secondSteps().remove(person.login());
            }
            invocation.out().println(link.to(ticket));
            invocation.err().println(UserLines.reset(person, ticket.ticket().until()));
        }
        return ExitCode.OK.number();
    }
}
