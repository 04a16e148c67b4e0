package facteur.cli;

import facteur.spool.QueueAct;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue retry`.
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Makes deferred letters due now, whatever the schedule says.")
final class QueueRetry implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueRetry(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        return options.act(program, spec.commandLine(), QueueAct.RETRY);
    }
}
