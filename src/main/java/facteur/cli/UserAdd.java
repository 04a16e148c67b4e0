package facteur.cli;

import facteur.access.NewPerson;
import facteur.access.Persons;
import facteur.mail.smtp.Address;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur user add`.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Makes a person of the console, and prints a link for the first password as the only line of standard output. It works "
                + "once, within an hour.")
final class UserAdd implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "What the person signs in with, such as jan or jan@dupont.example. Case doesn't count.")
    private String name = "";

    @ArgGroup(multiplicity = "1")
    private RoleOptions role = new RoleOptions();

    @Option(names = "--name", paramLabel = "TEXT", description = "As pages show it, such as 'Jan Janssens'. Default: NAME.")
    private String shown = "";

    @Option(names = "--mail", paramLabel = "ADDRESS", description = "Where links for another password are sent. Default: NAME, if it is an address.")
    private @Nullable String mail;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    UserAdd(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var wanted = wanted();
        var installation = config.installation(invocation).asOwner();
        var link = PasswordLink.of(installation.console());
        try (var database = installation.openOrMake(installation.place(), installation.command())) {
            switch (database.persons().add(wanted, invocation.operator())) {
                case Persons.Addition.Made(var person, var ticket) -> {
                    database.recorder().changed();
                    invocation.out().println(link.to(ticket));
                    invocation.err().println(UserLines.made(person, ticket.ticket().until()));
                }
                case Persons.Addition.LoginTaken(var other) -> throw CommandException.of(ExitCode.DATA, "there is a person " + other.login()
                        + " already" + (other.isDisabled() ? ", who is disabled: facteur user enable " + other.login() : ""));
            }
        }
        return ExitCode.OK.number();
    }

    private NewPerson wanted() {
        try {
            return new NewPerson(name, shown, address(), role.grants());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Optional<String> address() {
        if (mail != null) {
            return Optional.of(Address.of(mail).toString());
        }
        return Address.parse(name).map(Address::toString);
    }
}
