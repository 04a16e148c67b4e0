package facteur.cli;

import facteur.spool.QueueAct;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue remove`.
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes letters for good, without a word to anybody. One that is being sent stays.")
final class QueueRemove implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueRemove(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        return options.act(program, spec.commandLine(), QueueAct.REMOVE);
    }
}
