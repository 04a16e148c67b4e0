package facteur.cli;

import facteur.mail.letter.QueueId;
import facteur.platform.json.Json;
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
        description = "Tells the whole life of a letter, in the queue or ended: where it came from, how it was decided, each attempt and reply.")
final class QueueShow implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "ID", description = "The queue id.")
    private String id = "";

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueShow(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var queueId = QueueId.parse(id).orElseThrow(() -> new ParameterException(commandLine, "not a queue id: " + id));
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            var life = desk.life(queueId);
            if (life.isEmpty()) {
                commandLine.getErr().println("facteur: no such letter: " + id);
                return ExitCode.DATA;
            }
            commandLine.getOut().println(json ? Json.of(QueueJson.life(life.get())) : new QueueText(desk.now()).life(life.get()));
            return ExitCode.OK;
        }).number();
    }
}
