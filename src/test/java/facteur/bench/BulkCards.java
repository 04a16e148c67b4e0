package facteur.bench;

import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.FreePort;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// What letters of a packaged relay on SQLite feel of many cards that a suite sends meanwhile: how long their 250 takes without, and
/// with, a body of new cards, the same body again, and one that changes each card; how long the bodies take; how much memory the
/// relay has at most.
final class BulkCards implements AutoCloseable {
    private static final int APPS = 8;
    private static final Duration BETWEEN_LETTERS = Duration.ofMillis(100);
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final String JSON_LINES = "application/x-ndjson";

    private final int port;
    private final String token;
    private final PackagedRelay relay;
    private final HttpClient http = HttpClient.newHttpClient();

    private BulkCards(PackagedRelay relay, int port, String token) {
        this.relay = relay;
        this.port = port;
        this.token = token;
    }

    /// @param arguments how many cards in a body
    public static void main(String[] arguments) throws Exception {
        var cards = Integer.parseInt(arguments[0]);
        var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bulk");
        var port = FreePort.next();
        var config = new RelayFolder(folder).configured("settings: { source: store }\nconsole: { address: \"127.0.0.1:" + port + "\" }\n").config();
        try (var relay = PackagedRelay.run(config, Map.of("FACTEUR_JAVA_OPTIONS", ""))) {
            var token = Command.run(config, "token", "add", "suite", "--office", "*", "--scope", "settings:write,cards:write").out().strip();
            try (var bench = new BulkCards(relay, port, token)) {
                bench.measure(cards);
            }
        }
    }

    private void measure(int cards) throws Exception {
        Awaitility.await().ignoreExceptions().until(() -> put().statusCode() == 201);
        System.out.printf("%-34s %8s %8s %8s %8s %8s %8s %8s%n", "", "s", "CPU s", "letters", "p50 ms", "p99 ms", "max ms", "RSS MB");
        phase("warming up", this::idle);
        phase("letters alone", this::idle);
        phase("%,d new cards".formatted(cards), () -> post(cards, "Peeters"));
        phase("letters alone", this::idle);
        phase("the same, unchanged", () -> post(cards, "Peeters"));
        phase("each changed", () -> post(cards, "Maes"));
        phase("letters alone", this::idle);
    }

    /// One line of the table: what letters felt while the work was done.
    private void phase(String name, Callable<Double> work) throws IOException, InterruptedException, ExecutionException {
        var latencies = new ConcurrentLinkedQueue<Double>();
        var peak = new long[1];
        var processor = processorSeconds();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = threads.submit(work);
            var apps = IntStream.range(0, APPS).mapToObj(_ -> threads.submit(() -> {
                send(latencies, working::isDone);
                return null;
            })).toList();
            while (!working.isDone()) {
                peak[0] = Math.max(peak[0], residentMegabytes());
                Thread.sleep(100);
            }
            for (var app : apps) {
                app.get();
            }
            var sorted = latencies.stream().sorted().toList();
            System.out.printf("%-34s %8.1f %8.1f %8d %8.1f %8.1f %8.1f %8d%n", name, working.get(), processorSeconds() - processor, sorted.size(),
                    sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100), sorted.getLast(), peak[0]);
        }
    }

    private interface End {
        boolean isDone();
    }

    private void send(ConcurrentLinkedQueue<Double> latencies, End end) throws IOException, InterruptedException {
        try (var app = AppConnection.greeted(relay.port())) {
            while (!end.isDone()) {
                var start = System.nanoTime();
                var reply = app.submit("<jan@dupont.example>", List.of("client@example.com"), RelayLoad.LETTER);
                if (!reply.isPositive()) {
                    throw new IOException("refused: " + reply);
                }
                latencies.add((System.nanoTime() - start) / 1e6);
                Thread.sleep(BETWEEN_LETTERS);
            }
        }
    }

    private Double idle() throws InterruptedException {
        Thread.sleep(QUIET);
        return QUIET.toMillis() / 1e3;
    }

    private Double post(int cards, String name) throws IOException, InterruptedException {
        var body = new StringBuilder();
        for (var i = 0; i < cards; i++) {
            body.append("{\"relation\":\"R-").append(i).append("\",\"name\":\"").append(name).append(' ').append(i)
                    .append("\",\"collaborator\":[\"Jan Janssens <jan").append(i % 200)
                    .append("@dupont.example>\"],\"responsible\":[\"An Peeters <an")
                    .append(i % 30).append("@dupont.example>\"],\"partner\":[]}\n");
        }
        var request = request("/relations").header("Content-Type", JSON_LINES).POST(HttpRequest.BodyPublishers.ofString(body.toString())).build();
        var start = System.nanoTime();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private HttpResponse<String> put() throws IOException, InterruptedException {
        return http.send(request("").header("If-None-Match", "*").header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"company\":\"Dupont <office@dupont.example>\"}")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/offices/dupont" + path)).header("Authorization",
                "Bearer " + token);
    }

    /// Of the relay so far; on a busy machine it says more than the clock. proc_pid_stat(5): in hundredths, in user code and in the kernel.
    private double processorSeconds() throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(relay.pid()), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private long residentMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(relay.pid()), "status"))) {
            return lines.filter(text -> text.startsWith("VmRSS:")).findFirst().map(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .orElse(0L);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
