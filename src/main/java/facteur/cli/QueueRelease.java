package facteur.cli;

import facteur.spool.QueueAct;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur queue release`.
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Releases letters on hold: they are due now.")
final class QueueRelease implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ActOptions options = new ActOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    QueueRelease(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        return options.act(QueueAct.RELEASE, invocation, spec.commandLine());
    }
}
