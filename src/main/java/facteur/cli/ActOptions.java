package facteur.cli;

import facteur.spool.Moved;
import facteur.spool.QueueAct;
import facteur.spool.QueueFilter;
import facteur.spool.QueueId;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What the verbs that move letters have in common: which letters, and saying what became of them.
final class ActOptions {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(names = "--all", description = "Every letter that the verb is for.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "How many letters at most. Default: all that fit.")
    private long limit = Long.MAX_VALUE;

    /// Does it to the letters that are meant.
    int act(Program program, CommandLine commandLine, QueueAct act) {
        var ids = filter.ids(commandLine);
        if (filter.isEmpty() != all) {
            throw new ParameterException(commandLine, all
                    ? "--all goes with no other choice of letters"
                    : "which letters? Name them, or say --all");
        }
        var fitting = filter.filter(commandLine, Instant.now());
        return ids.isEmpty()
                ? act(program, commandLine, config, act, fitting, limit)
                : act(program, commandLine, act, ids);
    }

    private int act(Program program, CommandLine commandLine, QueueAct act, List<QueueId> ids) {
        var out = commandLine.getOut();
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            var moved = desk.move(act, ids);
            for (var i = 0; i < ids.size(); i++) {
                out.println(ids.get(i) + "  " + moved.get(i).words());
            }
            return moved.stream().anyMatch(Moved::isRefusal) ? ExitCode.DATA : ExitCode.OK;
        }).number();
    }

    /// Does it to the letters that fit.
    static int act(
            Program program, CommandLine commandLine, ConfigOption config, QueueAct act, QueueFilter filter, long limit) {
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            say(commandLine.getOut(), desk.move(act, filter, limit));
            return ExitCode.OK;
        }).number();
    }

    private static void say(PrintWriter out, Map<Moved, Long> moved) {
        if (moved.isEmpty()) {
            out.println("no letter fits");
        }
        moved.forEach((what, count) -> out.println(count + "  " + what.words()));
    }
}
