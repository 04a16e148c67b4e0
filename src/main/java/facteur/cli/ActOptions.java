package facteur.cli;

import facteur.mail.letter.QueueId;
import facteur.spool.MoveResult;
import facteur.spool.QueueAct;
import facteur.spool.QueueDesk;
import facteur.spool.SpoolException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Options of the verbs that move letters, and the move itself.
final class ActOptions {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--all", description = "All letters that the verb applies to.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "The most letters to change. Default: no limit.")
    private long limit = Long.MAX_VALUE;

    /// Moves the letters that the options select.
    int act(QueueAct act, Invocation invocation, CommandLine commandLine) throws CommandException, SpoolException, SQLException {
        var ids = filter.ids(commandLine);
        if (filter.isEmpty() != all) {
            throw new ParameterException(commandLine, all
                    ? "--all can't be combined with ids or filters"
                    : "give queue ids, filters, or --all");
        }
        var installation = config.installation(invocation);
        ExitCode exitCode;
        try (var database = installation.openQueue()) {
            exitCode = ids.isEmpty()
                    ? act(act, database.queue(), invocation.out())
                    : act(act, ids, database.queue(), invocation.out());
        }
        if (exitCode == ExitCode.OK) {
            switch (act) {
                case RELEASE, RETRY -> PausedUpstreams.print(new AdminPort(installation, invocation), invocation.out());
                case HOLD, REMOVE -> {}
            }
        }
        return exitCode.number();
    }

    private static ExitCode act(QueueAct act, List<QueueId> ids, QueueDesk desk, PrintWriter out) throws SpoolException {
        var moved = desk.move(act, ids);
        for (var i = 0; i < ids.size(); i++) {
            out.println(ids.get(i) + "  " + moved.get(i).words());
        }
        return moved.stream().anyMatch(MoveResult::isRefusal) ? ExitCode.DATA : ExitCode.OK;
    }

    private ExitCode act(QueueAct act, QueueDesk desk, PrintWriter out) throws SpoolException {
        print(desk.move(act, filter.filter(desk.now()), limit), out);
        return ExitCode.OK;
    }

    /// How many letters had which result.
    static void print(Map<MoveResult, Long> moved, PrintWriter out) {
        if (moved.isEmpty()) {
            out.println("no matching letters");
        }
        moved.forEach((what, count) -> out.println(count + "  " + what.words()));
    }
}
