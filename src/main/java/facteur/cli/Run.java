package facteur.cli;

import facteur.platform.config.Problems;
import facteur.platform.failure.Reason;
import facteur.relay.SealKey;
import facteur.relay.Service;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `facteur run`.
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the relay in the foreground until it gets SIGTERM or SIGINT.")
final class Run implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    Run(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var problems = new Problems();
        var read = config.installation(invocation).asOwner().config(problems);
        SealKey.check(read, problems);
        if (!problems.isEmpty()) {
            throw CommandException.of(problems);
        }
        var service = new Service(read, invocation.time());
        var sockets = service.socketProblems();
        if (!sockets.isEmpty()) {
            throw CommandException.of(ExitCode.CONFIG, String.join(System.lineSeparator() + "facteur: ", sockets));
        }
        try {
            service.openLog();
        } catch (IOException failure) {
            throw CommandException.cannotCreate(failure);
        }
        try {
            service.run(problems.warnings(), invocation.out(), invocation.err());
            return ExitCode.OK.number();
        } catch (IOException failure) {
            throw CommandException.unavailable(Reason.of(failure));
        }
    }
}
