package facteur.bench;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// Twenty busy apps of a packaged relay that captures, in rounds of five seconds. For one thread.
final class RelayLoad {
    static final int APPS = 20;
    static final Duration ROUND = Duration.ofSeconds(5);

    /// 4 KB.
    static final byte[] LETTER = ("From: jan@dupont.example\r\nSubject: Your invoice\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(50))
            .getBytes(StandardCharsets.US_ASCII);

    private final PackagedRelay relay;
    private final Path captured;
    private long sent;

    /// @param captured folder that letters land in
    RelayLoad(PackagedRelay relay, Path captured) {
        this.relay = relay;
        this.captured = captured;
    }

    /// Over all apps. Returns when the letters have left the relay, too.
    long lettersPerSecond() throws InterruptedException, ExecutionException {
        var start = System.nanoTime();
        var letters = all(IntStream.range(0, APPS).<Callable<Long>>mapToObj(_ -> () -> submit(start)).toList())
                .stream().mapToLong(Long::longValue).sum();
        var seconds = (System.nanoTime() - start) / 1e9;
        sent += letters;
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Objects.requireNonNull(captured.toFile().list()).length == 2 * sent);
        return Math.round(letters / seconds);
    }

    private long submit(long start) throws IOException {
        try (var app = AppConnection.greeted(relay.port())) {
            var letters = 0L;
            while (System.nanoTime() - start < ROUND.toNanos()) {
                var reply = app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER);
                if (!reply.isPositive()) {
                    throw new IOException("refused: " + reply);
                }
                letters++;
            }
            return letters;
        }
    }

    long residentMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(relay.pid()), "status"))) {
            var line = lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
    }

    static long median(List<Long> rounds) {
        return rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }

    static <T> List<T> all(List<Callable<T>> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
