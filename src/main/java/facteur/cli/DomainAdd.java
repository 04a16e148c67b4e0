package facteur.cli;

import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeSettings;
import facteur.settings.FreeMail;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur domain add`.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Adds a domain for an office, makes its keys, and prints the records to be published. A domain that is there already stays as it is.")
final class DomainAdd implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final DomainOptions options = new DomainOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainAdd(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var out = commandLine.getOut();
        var domain = options.domain(commandLine);
        var office = options.requiredOffice(commandLine);
        return options.work(program, commandLine, (desk, sending) -> {
            if (FreeMail.has(Address.of("any@" + domain))) {
                return refuse(ExitCode.DATA, "anybody can have an address at " + domain);
            }
            return switch (sending.offices().apply(office)) {
                case Lookup.Missing<OfficeSettings> _ -> refuse(ExitCode.DATA, "no such office: " + office);
                case Lookup.Unavailable<OfficeSettings>(var why) ->
                    refuse(ExitCode.UNAVAILABLE, "settings not available: " + why);
                case Lookup.Unusable<OfficeSettings>(var why) -> refuse(ExitCode.CONFIG, "settings are wrong: " + why);
                case Lookup.Found<OfficeSettings> _ -> {
                    var claims = List.of(desk.add(domain, office));
                    out.println(json ? RecordsText.json(desk, claims) : RecordsText.text(desk, claims));
                    yield ExitCode.OK;
                }
            };
        });
    }

    private ExitCode refuse(ExitCode exitCode, String why) {
        spec.commandLine().getErr().println("facteur: " + why);
        return exitCode;
    }
}
