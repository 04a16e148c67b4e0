package facteur.cli;

import facteur.spool.QueueAct;
import facteur.spool.QueueFilter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue flush`: the trade's word for `retry --all`.
@Command(name = "flush", mixinStandardHelpOptions = true, description = "Makes every deferred letter due now.")
final class QueueFlush implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueFlush(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        var commandLine = spec.commandLine();
        var exitCode = program.queue(config.file(), commandLine.getErr(), desk -> {
            ActOptions.say(commandLine.getOut(), desk.move(QueueAct.RETRY, QueueFilter.ALL, Long.MAX_VALUE));
            return ExitCode.OK;
        });
        if (exitCode == ExitCode.OK) {
            PausedUpstreams.say(program, config.file(), commandLine.getOut());
        }
        return exitCode.number();
    }
}
