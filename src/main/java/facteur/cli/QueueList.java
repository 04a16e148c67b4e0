package facteur.cli;

import facteur.mail.letter.QueueId;
import facteur.platform.json.Json;
import facteur.spool.QueueDesk;
import facteur.spool.QueueLine;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur queue list`. Each letter is printed as it is read: a million of them need no memory.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists letters in the queue, by state and due time, and counts them.")
final class QueueList implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "The most letters to list. Default: ${DEFAULT-VALUE}.")
    private long limit;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var ids = filter.ids(spec.commandLine());
        try (var database = config.installation(invocation).openQueue()) {
            var desk = database.queue();
            if (json) {
                printJson(desk, ids);
            } else {
                printText(desk, ids);
            }
            return ExitCode.OK.number();
        }
    }

    private void each(QueueDesk desk, List<QueueId> ids, Consumer<QueueLine> lines) throws SpoolException {
        if (ids.isEmpty()) {
            desk.list(filter.filter(desk.now()), limit, lines);
        }
        for (var id : ids) {
            desk.line(id).ifPresent(lines);
        }
    }

    private void printText(QueueDesk desk, List<QueueId> ids) throws SpoolException {
        var out = invocation.out();
        var text = new QueueText(desk.now());
        out.println(QueueText.HEADING);
        each(desk, ids, line -> out.println(text.line(line)));
        out.println(text.summary(desk.counts()));
    }

    /// Written piece by piece.
    private void printJson(QueueDesk desk, List<QueueId> ids) throws SpoolException {
        var out = invocation.out();
        out.print("{\n\"letters\": [");
        var separator = new String[] {"\n"};
        each(desk, ids, line -> {
            out.print(separator[0] + Json.of(QueueJson.line(line)));
            separator[0] = ",\n";
        });
        out.println("\n],\n\"states\": " + Json.of(QueueJson.counts(desk.counts())) + "\n}");
    }
}
