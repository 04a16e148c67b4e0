package facteur.cli;

import facteur.spool.QueueAct;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue remove`.
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Deletes letters without a report to anyone. One that is being sent stays.")
final class QueueRemove implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueRemove(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        return options.act(QueueAct.REMOVE, invocation, spec.commandLine());
    }
}
