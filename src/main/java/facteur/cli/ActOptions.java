package facteur.cli;

import facteur.mail.letter.QueueId;
import facteur.spool.MoveResult;
import facteur.spool.QueueAct;
import java.io.PrintWriter;
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
        var exitCode = ids.isEmpty() ? actOnFitting(program, commandLine, act) : actOn(ids, program, commandLine, act);
        if (exitCode == ExitCode.OK.number()) {
            switch (act) {
                case RELEASE, RETRY -> PausedUpstreams.say(program, config.file(), commandLine.getOut());
                case HOLD, REMOVE -> {}
            }
        }
        return exitCode;
    }

    private int actOn(List<QueueId> ids, Program program, CommandLine commandLine, QueueAct act) {
        var out = commandLine.getOut();
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            var moved = desk.move(act, ids);
            for (var i = 0; i < ids.size(); i++) {
                out.println(ids.get(i) + "  " + moved.get(i).words());
            }
            return moved.stream().anyMatch(MoveResult::isRefusal) ? ExitCode.DATA : ExitCode.OK;
        }).number();
    }

    private int actOnFitting(Program program, CommandLine commandLine, QueueAct act) {
        return program.queue(config.file(), commandLine.getErr(), desk -> {
            say(commandLine.getOut(), desk.move(act, filter.filter(desk.now()), limit));
            return ExitCode.OK;
        }).number();
    }

    /// How many letters became what.
    static void say(PrintWriter out, Map<MoveResult, Long> moved) {
        if (moved.isEmpty()) {
            out.println("no letter fits");
        }
        moved.forEach((what, count) -> out.println(count + "  " + what.words()));
    }
}
