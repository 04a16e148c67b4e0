package facteur.cli;

import facteur.mail.smtp.Address;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur addresses forget`.
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        description = "Takes addresses off the list: letters go there as before. One that still doesn't work is listed again when the next comes back.")
final class AddressesForget implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final AddressOptions options = new AddressOptions();

    @Parameters(paramLabel = "ADDRESS", arity = "1..*", description = "The addresses.")
    private List<String> addresses = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AddressesForget(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var office = options.office(spec.commandLine());
        var wanted = addresses.stream()
                .map(text -> Address.parse(text).orElseThrow(() -> new ParameterException(spec.commandLine(), "not an address: " + text)))
                .toList();
        var missing = new ArrayList<String>();
        try (var database = options.installation(invocation).openQueue()) {
            for (var address : wanted) {
                if (database.badAddresses().forget(office, address)) {
                    database.recorder().changed();
                    invocation.out().println(address + "  forgotten");
                } else {
                    missing.add(address.toString());
                }
            }
        }
        if (!missing.isEmpty()) {
            throw CommandException.of(ExitCode.DATA, "not on the list of office " + office + ": " + String.join(", ", missing));
        }
        return ExitCode.OK.number();
    }
}
