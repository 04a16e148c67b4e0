package facteur.cli;

import facteur.platform.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facteur status`. Without a daemon it shows what the state folder has: the queue.
@Command(name = "status", mixinStandardHelpOptions = true, description = "Shows how the running relay does: listeners, upstreams, queue, the last minute, the last troubles.")
final class Status implements Callable<Integer> {
    private static final long WATCH_MILLIS = 2_000;
    /// ECMA-48: to the first place, then erase all of the page.
    private static final String CLEAR = "\033[H\033[2J";

    /// What lies between two looks.
    @FunctionalInterface
    interface Pause {
        /// @return false when there is to be no other look
        boolean await();
    }

    private final Program program;
    private final Pause pause;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--watch", description = "Looks again every two seconds, until it is interrupted.")
    private boolean watch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Status(Program program, Pause pause) {
        this.program = program;
        this.pause = pause;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (!watch) {
            return look(out, err).number();
        }
        ExitCode last;
        do {
            // Made whole before the page is erased: no flicker.
            var page = new StringWriter();
            last = look(new PrintWriter(page, true), new PrintWriter(page, true));
            out.print((json ? "" : CLEAR) + page);
            out.flush();
        } while (pause.await());
        return last.number();
    }

    private ExitCode look(PrintWriter out, PrintWriter err) {
        var answer = new String @Nullable [1];
        var exitCode = program.status(config.file(), err, text -> answer[0] = text);
        if (answer[0] != null) {
            out.print(json ? answer[0] : StatusText.of(answer[0]));
            out.flush();
        } else if (exitCode == ExitCode.UNAVAILABLE) {
            var _ = program.queue(config.file(), err, desk -> {
                var counts = desk.counts();
                out.println(json ? without(Map.of("queue", QueueJson.counts(counts))) : new QueueText(desk.now()).summary(counts));
                return ExitCode.OK;
            });
        }
        return exitCode;
    }

    private static String without(Map<String, Object> members) {
        var all = new LinkedHashMap<String, Object>();
        all.put("running", false);
        all.putAll(members);
        return Json.of(all);
    }

    static boolean twoSeconds() {
        try {
            Thread.sleep(WATCH_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
