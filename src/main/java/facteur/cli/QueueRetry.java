package facteur.cli;

import facteur.spool.QueueAct;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue retry`.
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Makes deferred letters due now, regardless of the schedule.")
final class QueueRetry implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueRetry(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        return options.act(QueueAct.RETRY, invocation, spec.commandLine());
    }
}
