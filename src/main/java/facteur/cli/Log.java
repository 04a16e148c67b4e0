package facteur.cli;

import facteur.mail.letter.QueueId;
import facteur.platform.json.Json;
import facteur.spool.LetterHistory;
import facteur.spool.LogFilter;
import facteur.spool.QueueDesk;
import facteur.spool.SpoolException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur log`. Prints each letter as it is found.
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Tells what became of a letter, or of the latest letters from or to an address: from the message log, whether or not a daemon runs.")
final class Log implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(arity = "0..1", paramLabel = "ID|MESSAGE-ID|ADDRESS", description = "A queue id; or a Message-ID, in angle brackets or not; or an address; or @domain.")
    private String wanted = "";

    @Option(names = "--acts", description = "What operators changed by commands, in place of letters.")
    private boolean acts;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "How many letters, or acts, at most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--since", paramLabel = "AGE", converter = FilterOptions.Age.class, description = "Letters accepted, or acts done, no longer ago than, say, 2d.")
    private @Nullable Duration since;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Log(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        if (acts == !wanted.isEmpty()) {
            throw new ParameterException(commandLine, acts ? "--acts goes with no letter" : "which letter? Or say --acts");
        }
        return acts ? acts(commandLine) : letters(commandLine);
    }

    private int acts(CommandLine commandLine) {
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            var found = desk.acts(since(desk), limit);
            if (json) {
                commandLine.getOut().println(Json.of(Map.of("acts", found.stream().map(QueueJson::act).toList())));
            } else {
                found.forEach(act -> commandLine.getOut().println(LogText.act(act)));
            }
            return ExitCode.OK;
        }).number();
    }

    private int letters(CommandLine commandLine) {
        var id = QueueId.parse(wanted);
        if (id.isEmpty() && !wanted.contains("@") && !isBracketed()) {
            throw new ParameterException(commandLine, "neither a queue id nor a Message-ID nor an address: " + wanted);
        }
        var out = commandLine.getOut();
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            if (id.isEmpty()) {
                var named = desk.log(wanted, since(desk), limit);
                if (!print(desk, named.isEmpty() ? lives -> desk.log(filter(desk), limit, lives) : named::forEach, out)) {
                    commandLine.getErr().println("facteur: the message log has no such letter: " + wanted);
                }
                return ExitCode.OK;
            }
            var life = desk.life(id.get());
            if (life.isEmpty()) {
                commandLine.getErr().println("facteur: no such letter: " + wanted);
                return ExitCode.DATA;
            }
            var _ = print(desk, lives -> lives.accept(life.get()), out);
            return ExitCode.OK;
        }).number();
    }

    private LogFilter filter(QueueDesk desk) {
        return new LogFilter(isBracketed() ? wanted.substring(1, wanted.length() - 1) : wanted, since(desk));
    }

    private Optional<Instant> since(QueueDesk desk) {
        return Optional.ofNullable(since).map(desk.now()::minus);
    }

    /// A Message-ID as it is written; or a path.
    private boolean isBracketed() {
        return wanted.length() > 2 && wanted.startsWith("<") && wanted.endsWith(">");
    }

    private interface Teller {
        void tell(Consumer<LetterHistory> lives) throws SpoolException;
    }

    /// @return false when there was none
    private boolean print(QueueDesk desk, Teller teller, PrintWriter out) throws SpoolException {
        var any = new AtomicBoolean();
        if (json) {
            out.print("{\n\"letters\": [");
            var separator = new String[] {"\n"};
            teller.tell(life -> {
                any.set(true);
                out.print(separator[0] + Json.of(QueueJson.log(life)));
                separator[0] = ",\n";
            });
            out.println("\n]\n}");
        } else {
            var text = new LogText(desk.now());
            teller.tell(life -> {
                any.set(true);
                out.println(text.life(life));
            });
        }
        return any.get();
    }
}
