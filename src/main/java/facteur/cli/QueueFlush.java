package facteur.cli;

import facteur.spool.QueueAct;
import facteur.spool.QueueFilter;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `facteur queue flush`: the common name of `retry --all`.
@Command(name = "flush", mixinStandardHelpOptions = true, description = "Makes every deferred letter due now.")
final class QueueFlush implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    QueueFlush(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var installation = config.installation(invocation);
        try (var database = installation.openQueue()) {
            ActOptions.print(database.queue().move(QueueAct.RETRY, QueueFilter.ALL, Long.MAX_VALUE), invocation.out());
        }
        PausedUpstreams.print(new AdminPort(installation, invocation), invocation.out());
        return ExitCode.OK.number();
    }
}
