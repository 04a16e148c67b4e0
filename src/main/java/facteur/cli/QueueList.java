package facteur.cli;

import facteur.platform.json.Json;
import facteur.spool.QueueDesk;
import facteur.spool.QueueLine;
import facteur.spool.SpoolException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur queue list`. Prints each letter as it is read: a million of them need no memory.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists letters in the queue, by state, the first due first; and how many there are.")
final class QueueList implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most. Default: ${DEFAULT-VALUE}.")
    private long limit;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueList(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var out = commandLine.getOut();
        var ids = filter.ids(commandLine);
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            Lister lister = ids.isEmpty()
                    ? lines -> desk.list(filter.filter(desk.now()), limit, lines)
                    : lines -> {
                        for (var id : ids) {
                            desk.line(id).ifPresent(lines);
                        }
                    };
            if (json) {
                json(desk, lister, out);
            } else {
                text(desk, lister, out);
            }
            return ExitCode.OK;
        }).number();
    }

    private interface Lister {
        void list(Consumer<QueueLine> lines) throws SpoolException;
    }

    private static void text(QueueDesk desk, Lister lister, PrintWriter out) throws SpoolException {
        var text = new QueueText(desk.now());
        out.println(QueueText.HEADING);
        lister.list(line -> out.println(text.line(line)));
        out.println(text.summary(desk.counts()));
    }

    /// An object like every other of ours, but written piece by piece.
    private static void json(QueueDesk desk, Lister lister, PrintWriter out) throws SpoolException {
        out.print("{\n\"letters\": [");
        var separator = new String[] {"\n"};
        lister.list(line -> {
            out.print(separator[0] + Json.of(QueueJson.line(line)));
            separator[0] = ",\n";
        });
        out.println("\n],\n\"states\": " + Json.of(QueueJson.counts(desk.counts())) + "\n}");
    }
}
