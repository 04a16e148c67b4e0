package facteur.cli;

import facteur.admin.StatusJson;
import facteur.platform.failure.Reason;
import facteur.platform.json.Json;
import facteur.spool.SpoolException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `facteur status`. Without a daemon it shows what the state folder has: the queue.
@Command(name = "status", mixinStandardHelpOptions = true,
        description = "Shows the state of the running relay: listeners, upstreams, queue, the last minute, recent troubles.")
final class Status implements Callable<Integer> {
    private static final long WATCH_MILLIS = 2_000;
    /// ECMA-48: cursor home, then erase the page.
    private static final String CLEAR = "\033[H\033[2J";

    private final Invocation invocation;
    private final BooleanSupplier pause;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--watch", description = "Refreshes every two seconds until interrupted.")
    private boolean watch;

    /// @param pause waits for the next refresh; false when there is none
    Status(Invocation invocation, BooleanSupplier pause) {
        this.invocation = invocation;
        this.pause = pause;
    }

    @Override
    public Integer call() {
        if (!watch) {
            return print(invocation.out(), invocation.err()).number();
        }
        ExitCode last;
        do {
            // Complete before the page is erased: no flicker.
            var page = new StringWriter();
            last = print(new PrintWriter(page, true), new PrintWriter(page, true));
            invocation.out().print((json ? "" : CLEAR) + page);
            invocation.out().flush();
        } while (pause.getAsBoolean());
        return last.number();
    }

    private ExitCode print(PrintWriter out, PrintWriter err) {
        var installation = config.installation(invocation);
        try {
            var answer = new AdminPort(installation, invocation).status();
            out.print(json ? answer.text() : StatusText.of(StatusJson.read(answer.json())));
            out.flush();
            return ExitCode.OK;
        } catch (CommandException failure) {
            err.println(failure.getMessage());
            if (failure.exitCode() == ExitCode.UNAVAILABLE) {
                printQueue(installation, out, err);
            }
            return failure.exitCode();
        }
    }

    private void printQueue(VerbContext installation, PrintWriter out, PrintWriter err) {
        try (var database = installation.openQueue()) {
            var desk = database.queue();
            var counts = desk.counts();
            if (json) {
                var members = new LinkedHashMap<String, Object>();
                members.put("running", false);
                members.put("queue", QueueJson.counts(counts));
                out.println(Json.of(members));
            } else {
                out.println(new QueueText(desk.now()).summary(counts));
            }
        } catch (CommandException failure) {
            err.println(failure.getMessage());
        } catch (SpoolException | SQLException failure) {
            err.println("facteur: " + Reason.of(failure));
        }
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
