package facteur.cli;

import facteur.explain.BadAddressJson;
import facteur.platform.json.Json;
import facteur.spool.BadAddress;
import facteur.spool.BadAddresses;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur addresses list`.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the addresses that don't work: since when, how many letters came back, and what the host said of the last.")
final class AddressesList implements Callable<Integer> {
    private static final String FORM = "%-40s  %-20s  %-20s  %5s  %s";
    private static final int PAGE = 1000;

    private final Invocation invocation;

    @Mixin
    private final AddressOptions options = new AddressOptions();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AddressesList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var office = options.office(spec.commandLine());
        try (var database = options.installation(invocation).openQueue()) {
            var found = all(database.badAddresses(), office);
            invocation.out().println(json ? Json.of(found.stream().map(BadAddressJson::of).toList()) : text(found));
        }
        return ExitCode.OK.number();
    }

    private static List<BadAddress> all(BadAddresses bad, String office) throws SpoolException {
        var all = new ArrayList<BadAddress>();
        var after = Optional.<String>empty();
        while (true) {
            var page = bad.page(office, after, PAGE);
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
            after = Optional.of(page.getLast().address());
        }
    }

    private static String text(List<BadAddress> found) {
        var lines = new ArrayList<>(List.of(FORM.formatted("address", "since", "last at", "count", "last")));
        for (var bad : found) {
            lines.add(QueueText.printable(FORM.formatted(
                    bad.address(),
                    bad.since().truncatedTo(ChronoUnit.SECONDS),
                    bad.lastAt().truncatedTo(ChronoUnit.SECONDS),
                    bad.count(),
                    bad.diagnostic())));
        }
        return found.isEmpty() ? "no address is known not to work" : String.join("\n", lines);
    }
}
