package facteur.cli;

import facteur.spool.QueueAct;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue hold`.
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = "Puts letters on hold until they are released. One that is being sent goes on hold if the attempt fails temporarily.")
final class QueueHold implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueHold(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        return options.act(QueueAct.HOLD, invocation, spec.commandLine());
    }
}
