package facteur.cli;

import facteur.act.Act;
import facteur.explain.LetterJson;
import facteur.mail.letter.QueueId;
import facteur.platform.json.Json;
import facteur.spool.LetterHistory;
import facteur.spool.LogFilter;
import facteur.spool.QueueDesk;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur log`. Prints each letter as soon as it is found.
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Shows the history of a letter, or of the latest letters from or to an address, from the message log, whether or not a daemon runs.")
final class Log implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(arity = "0..1", paramLabel = "ID|MESSAGE-ID|ADDRESS",
            description = "A queue id, a Message-ID with or without angle brackets, an address, or @domain.")
    private String wanted = "";

    @Option(names = "--acts", description = "Shows the commands by which operators changed something, instead of letters.")
    private boolean acts;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20",
            description = "The most letters, or commands, to show. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--since", paramLabel = "AGE", converter = FilterOptions.Age.class,
            description = "Only letters accepted, or commands run, at most AGE ago, e.g. 2d.")
    private @Nullable Duration since;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Log(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var commandLine = spec.commandLine();
        if (acts == !wanted.isEmpty()) {
            throw new ParameterException(commandLine, acts ? "--acts can't be combined with a letter" : "give a letter, or --acts");
        }
        var id = QueueId.parse(wanted);
        if (!acts && id.isEmpty() && !wanted.contains("@") && !isBracketed()) {
            throw new ParameterException(commandLine, "neither a queue id nor a Message-ID nor an address: " + wanted);
        }
        try (var database = config.installation(invocation).openQueue()) {
            var desk = database.queue();
            if (acts) {
                printActs(desk.acts(since(desk), limit));
            } else if (id.isPresent()) {
                var life = desk.life(id.get()).orElseThrow(() -> CommandException.of(ExitCode.DATA, "no such letter: " + wanted));
                printLetters(desk, List.of(life));
            } else {
                printLetters(desk, desk.log(wanted, since(desk), limit));
            }
            return ExitCode.OK.number();
        }
    }

    private void printActs(List<Act> found) {
        if (json) {
            invocation.out().println(Json.of(Map.of("acts", found.stream().map(QueueJson::act).toList())));
        } else {
            found.forEach(act -> invocation.out().println(LogText.act(act)));
        }
    }

    private LogFilter filter(QueueDesk desk) {
        return new LogFilter(isBracketed() ? wanted.substring(1, wanted.length() - 1) : wanted, since(desk));
    }

    private Optional<Instant> since(QueueDesk desk) {
        return Optional.ofNullable(since).map(desk.now()::minus);
    }

    /// A Message-ID in its written form; or a path.
    private boolean isBracketed() {
        return wanted.length() > 2 && wanted.startsWith("<") && wanted.endsWith(">");
    }

    /// @param named by id or Message-ID; when empty, the letters from or to the address are searched
    private void printLetters(QueueDesk desk, List<LetterHistory> named) throws SpoolException {
        var out = invocation.out();
        var text = new LogText(desk.now());
        var printed = new AtomicInteger();
        Consumer<LetterHistory> print = life -> {
            var separator = printed.getAndIncrement() == 0 ? "\n" : ",\n";
            if (json) {
                out.print(separator + Json.of(LetterJson.log(life)));
            } else {
                out.println(text.life(life));
            }
        };
        out.print(json ? "{\n\"letters\": [" : "");
        if (named.isEmpty()) {
            desk.log(filter(desk), limit, print);
        }
        named.forEach(print);
        out.print(json ? "\n]\n}\n" : "");
        if (printed.get() == 0) {
            invocation.err().println("facteur: the message log has no such letter: " + wanted);
        }
    }
}
