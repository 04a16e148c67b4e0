package facteur.cli;

import facteur.mail.letter.QueueId;
import facteur.platform.json.Json;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facteur queue show`.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows the whole history of a letter, in the queue or ended: its origin, the decision, each attempt and reply.")
final class QueueShow implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "ID", description = "The queue id.")
    private String id = "";

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueShow(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var queueId = QueueId.parse(id).orElseThrow(() -> new ParameterException(spec.commandLine(), "not a queue id: " + id));
        try (var database = config.installation(invocation).openQueue()) {
            var desk = database.queue();
            var life = desk.life(queueId).orElseThrow(() -> CommandException.of(ExitCode.DATA, "no such letter: " + id));
            invocation.out().println(json ? Json.of(QueueJson.life(life)) : new QueueText(desk.now()).life(life));
            return ExitCode.OK.number();
        }
    }
}
