package facteur.cli;

import facteur.admin.Status;
import facteur.admin.StatusJson;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Explains why letters that are due now don't leave at once: upstreams that are down or paused. Without a running daemon
/// there is nothing to explain.
final class PausedUpstreams {
    private PausedUpstreams() {}

    static void print(AdminPort port, PrintWriter out) {
        try {
            StatusJson.read(port.status().json()).upstreams().stream()
                    .flatMap(upstream -> line(upstream).stream())
                    .forEach(line -> out.println(QueueText.printable(line)));
        } catch (CommandException unreachable) {
            // The letters are moved, with or without a daemon.
        }
    }

    private static Optional<String> line(Status.UpstreamState upstream) {
        var name = "upstream " + upstream.name();
        return upstream.down()
                .map(down -> name + " is paused until " + second(down.retryAt()) + ", because it failed at " + down.cause()
                        + "; once it is repaired: facteur upstream wake " + upstream.name())
                .or(() -> upstream.pausedUntil().map(at -> name + " is paused until " + second(at) + ": rate limit reached"));
    }

    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
