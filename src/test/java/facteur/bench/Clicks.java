package facteur.bench;

import facteur.fixture.Command;
import facteur.fixture.FreePort;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// What letters feel of the console's people: a packaged relay on SQLite that captures, twenty apps as fast as they can, in rounds without
/// and with twenty people who open pages of their office, by turns. The ratio of the medians is the result.
final class Clicks implements AutoCloseable {
    private static final int PEOPLE = 20;
    private static final int WARM_UP = 12;
    private static final int ROUNDS = 16;
    private static final String PASSWORD = "correct horse battery";
    private static final String OFFICE =
            "{\"company\":\"Dupont <office@dupont.example>\",\"contexts\":{\"task\":{\"reply-to\":\"sender\"},\"invoice\":{\"reply-to\":\"responsible\"}}}";
    private static final List<String> PAGES =
            List.of("mail", "clients", "people", "history", "log", "domains", "clients?q=Peeters", "try");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String console;
    private final Duration betweenClicks;
    private final AtomicBoolean areClicking = new AtomicBoolean();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger clicks = new AtomicInteger();

    private Clicks(String console, Duration betweenClicks) {
        this.console = console;
        this.betweenClicks = betweenClicks;
    }

    /// @param arguments how many seconds each of them looks at a page
    public static void main(String[] arguments) throws Exception {
        var betweenClicks = Duration.ofSeconds(Long.parseLong(arguments[0]));
        var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "clicks");
        var port = FreePort.next();
        var relays = new RelayFolder(folder);
        var config = relays
                .configured("settings: { source: store }\nconsole: { address: \"127.0.0.1:" + port + "\", second-step: none }\n")
                .config();
        try (var relay = PackagedRelay.run(config, Map.of("FACTEUR_JAVA_OPTIONS", ""));
                var bench = new Clicks("http://localhost:" + port, betweenClicks)) {
            bench.prepare(config);
            bench.measure(new RelayLoad(relay, relays.state().resolve("captured")));
        }
    }

    private void prepare(Path config) throws IOException, InterruptedException {
        var token = Command.run(config, "token", "add", "suite", "--office", "*", "--scope", "settings:write,cards:write").out().strip();
        var api = URI.create(console + "/api/v1/offices/dupont");
        Awaitility.await().ignoreExceptions().until(() -> http.send(
                HttpRequest.newBuilder(api).header("Authorization", "Bearer " + token).header("If-None-Match", "*")
                        .header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(OFFICE)).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode() == 201);
        var cards = new StringBuilder();
        for (var i = 0; i < 1_200; i++) {
            cards.append("{\"relation\":\"R-").append(i).append("\",\"name\":\"Peeters ").append(i).append("\",\"responsible\":[\"An Peeters <an")
                    .append(i % 30).append("@dupont.example>\"]}\n");
        }
        send(HttpRequest.newBuilder(URI.create(api + "/relations")).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/x-ndjson").POST(HttpRequest.BodyPublishers.ofString(cards.toString())).build(), 200);
        for (var i = 0; i < PEOPLE; i++) {
            var login = "person" + i;
            var link = Command.run(config, "user", "add", login, "--office", "dupont").out().strip();
            post(URI.create(link), "password", PASSWORD);
            var answer = post(URI.create(console + "/sign-in"), "login", login, "password", PASSWORD);
            var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
            Thread.ofVirtual().start(() -> click(cookie));
        }
    }

    private HttpResponse<String> post(URI uri, String... fields) throws IOException, InterruptedException {
        var body = new ArrayList<String>();
        for (var i = 0; i < fields.length; i += 2) {
            body.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(uri).header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", body))).build(), 303);
    }

    private HttpResponse<String> send(HttpRequest request, int wanted) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != wanted) {
            throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    private void click(String cookie) {
        try {
            for (var i = 0; !isOver.get(); i++) {
                if (areClicking.get()) {
                    send(HttpRequest.newBuilder(URI.create(console + "/o/dupont/" + PAGES.get(i % PAGES.size()))).header("Cookie", cookie)
                            .header("Accept-Encoding", "gzip").build(), 200);
                    clicks.incrementAndGet();
                }
                Thread.sleep(betweenClicks);
            }
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure(RelayLoad load) throws Exception {
        var without = new ArrayList<Long>();
        var with = new ArrayList<Long>();
        areClicking.set(true);
        for (var round = 0; round < WARM_UP; round++) {
            var _ = load.lettersPerSecond();
        }
        for (var round = 0; round < ROUNDS; round++) {
            // without, with, with, without: what grows slowly counts for both.
            var isWith = round % 4 == 1 || round % 4 == 2;
            areClicking.set(isWith);
            (isWith ? with : without).add(load.lettersPerSecond());
        }
        isOver.set(true);
        System.out.printf("letters/s without people: %s, median %d%n", without, RelayLoad.median(without));
        System.out.printf("letters/s with %d people: %s, median %d, pages opened %d%n", PEOPLE, with, RelayLoad.median(with), clicks.get());
        System.out.printf("ratio %.3f%n", (double) RelayLoad.median(with) / RelayLoad.median(without));
    }

    @Override
    public void close() {
        isOver.set(true);
        http.close();
    }
}
