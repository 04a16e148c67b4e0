package facteur.warmup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// The training run of `bin/warm-up`: starts the relay in a folder of its own with Java recording what it loads, links and compiles,
/// plays a [Day] with it, and stops it, after which Java writes the cache.
///
///     java -cp 'lib/*' facteur.warmup.WarmUp PROGRAM FOLDER
public final class WarmUp {
    private static final int UNAVAILABLE = 69;
    private static final int SOFTWARE = 70;

    private WarmUp() {}

    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0]), Path.of(arguments[1])));
    }

    private static int run(Path program, Path folder) {
        try (var upstream = TrialUpstream.start(folder)) {
            var files = new TrialFiles(folder, upstream);
            files.prepare();
            try (var relay = RecordedRelay.start(program, folder)) {
                return record(relay, new Day(relay, files, upstream, 1));
            }
        } catch (IOException failure) {
            System.err.println("warm-up: " + failure);
            return UNAVAILABLE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return SOFTWARE;
        }
    }

    /// A day that ends early is better than none, as long as the relay runs.
    private static int record(RecordedRelay relay, Day day) throws IOException, InterruptedException {
        try {
            day.play();
        } catch (IOException failure) {
            System.err.println("warm-up: " + failure.getMessage() + "; the cache knows what came before that");
        }
        try {
            relay.stop();
            return 0;
        } catch (IOException failure) {
            System.err.println("warm-up: " + failure.getMessage());
            System.err.print(relay.lastLines());
            return SOFTWARE;
        }
    }

    /// How long any one thing may take: a start, a stop with the writing of the cache. Far above what a slow machine needs.
    static final Duration PATIENCE = Duration.ofMinutes(3);
}
