package facteur.cli;

import facteur.spool.QueueAct;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue hold`.
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = "Puts letters on hold: nobody tries them until they are released. One that is being sent goes on hold if it has to wait.")
final class QueueHold implements Callable<Integer> {
    private final Program program;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueHold(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        return options.act(program, spec.commandLine(), QueueAct.HOLD);
    }
}
