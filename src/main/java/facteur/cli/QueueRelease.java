package facteur.cli;

import facteur.spool.QueueAct;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue release`.
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Lets letters on hold go: they are due now.")
final class QueueRelease implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueRelease(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        return options.act(program, spec.commandLine(), QueueAct.RELEASE);
    }
}
