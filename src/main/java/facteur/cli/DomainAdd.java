package facteur.cli;

import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.relay.Config;
import facteur.settings.FreeMail;
import java.sql.SQLException;
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
        description = "Adds a domain for an office, creates its keys, and prints the records to publish. A domain added before is left unchanged. With --relay, a domain of the relay itself.")
final class DomainAdd implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final DomainOptions options = new DomainOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DomainAdd(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var commandLine = spec.commandLine();
        if (options.isRelay(commandLine)) {
            return options.each(
                    invocation,
                    commandLine,
                    (own, domain) -> {
                        own.add(domain);
                        return printed(new RecordsText(domain.domain(), own.records(domain)));
                    },
                    (_, _, _) -> ExitCode.USAGE);
        }
        var domain = options.domain(commandLine);
        var office = options.requiredOffice(commandLine);
        return options.work(invocation, commandLine, (desk, config, _) -> {
            if (FreeMail.has(Address.of("any@" + domain))) {
                throw CommandException.of(ExitCode.DATA, domain + " is a public mail provider");
            }
            return switch (office(config, office)) {
                case Lookup.Missing<OfficeSettings> _ -> throw CommandException.of(ExitCode.DATA, "no such office: " + office);
                case Lookup.Unavailable<OfficeSettings>(var why) ->
                    throw CommandException.of(ExitCode.UNAVAILABLE, "settings not available: " + why);
                case Lookup.Unusable<OfficeSettings>(var why) -> throw CommandException.of(ExitCode.CONFIG, "settings are wrong: " + why);
                case Lookup.Found<OfficeSettings> _ -> {
                    var claims = List.of(desk.add(domain, office));
                    yield printed(RecordsText.of(desk, claims));
                }
            };
        });
    }

    private ExitCode printed(RecordsText records) {
        invocation.out().println(json ? records.json() : records.text());
        return ExitCode.OK;
    }

    private Lookup<OfficeSettings> office(Config config, OfficeId id) throws CommandException {
        try (var settings = OpenSettings.of(config, invocation.time())) {
            return settings.source().office(id);
        }
    }
}
