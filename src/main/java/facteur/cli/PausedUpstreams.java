package facteur.cli;

import facteur.platform.json.JsonObject;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/// Says why letters that are due now don't leave at once: the upstreams that the running daemon lets rest. Without a
/// daemon there is nothing to say.
final class PausedUpstreams {
    private PausedUpstreams() {}

    static void say(Program program, Path config, PrintWriter out) {
        var _ = program.status(config, new PrintWriter(Writer.nullWriter()), json ->
                lines(JsonObject.parse(json)).forEach(line -> out.println(QueueText.printable(line))));
    }

    private static List<String> lines(JsonObject status) {
        return status.objects("upstreams").stream()
                .flatMap(upstream -> line(upstream, upstream.text("name", "")).stream())
                .toList();
    }

    private static List<String> line(JsonObject upstream, String name) {
        return switch (upstream.text("state", "")) {
            case "down" -> List.of("upstream " + name + " rests until " + second(upstream.text("retryAt", "?")) + ", since it failed at "
                    + upstream.text("cause", "?") + "; once it is repaired: facteur upstream wake " + name);
            case "resting" -> List.of("upstream " + name + " rests until " + second(upstream.text("restsUntil", "?")) + ": it has had what its caps allow");
            default -> List.of();
        };
    }

    /// Without its fraction.
    private static String second(String instant) {
        return instant.replaceFirst("\\.\\d+Z$", "Z");
    }
}
