package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.FreePort;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A push of cards outlives `kill -9` of the packaged program: what it had written is one version that counts its cards, and the same
/// push said again is right, at once.
final class CardKillIT {
    private static final int CARDS = 5_000;

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private String token = "";

    @Test
    void aPushSaidAgainIsRight() throws Exception {
        port = FreePort.next();
        var relay = new RelayFolder(folder).relayingTo(1, "settings: { source: store }\nconsole: { address: \"127.0.0.1:" + port + "\" }\n");
        String push;
        try (var first = PackagedRelay.run(relay.config())) {
            awaitConsole();
            token = Command
                    .run(relay.config(), "token", "add", "suite", "--office", "*", "--scope", "settings:read,settings:write,cards:read,cards:write")
                    .out().strip();
            assertThat(put("{\"company\":\"Dupont <office@dupont.example>\"}").statusCode()).isEqualTo(201);
            assertThat(post("/relations", card(-1)).statusCode()).isEqualTo(200);
            push = text(post("/relations/pushes", ""), "push");
            var cutOff = ask("POST", "/relations/pushes/" + push, cards());
            Awaitility.await().until(() -> written() > CARDS / 8);
            assertThat(cutOff).isNotDone();
            first.kill();
            assertThat(cutOff).failsWithin(Duration.ofSeconds(10));
        }
        try (var second = PackagedRelay.run(relay.config())) {
            awaitConsole();
            var written = number(get("/versions/3"), "cards");
            assertThat(written).isBetween(CARDS / 8L, CARDS - 1L);
            var again = post("/relations/pushes/" + push, cards());
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(number(again, "version")).isEqualTo(3);
            assertThat(number(again, "unchanged")).isEqualTo(written);
            assertThat(number(again, "created")).isEqualTo(CARDS - written);
            var finished = post("/relations/pushes/" + push + "/finish?rest=delete&deleting=1", "");
            assertThat(number(finished, "created")).isEqualTo(CARDS);
            assertThat(number(finished, "deleted")).isOne();
            assertThat(number(get("/versions/3"), "cards")).isEqualTo(CARDS + 1);
            assertThat(second.stop()).isEqualTo(143);
        } finally {
            http.close();
        }
    }

    /// It opens behind the listeners.
    private void awaitConsole() {
        Awaitility.await().ignoreExceptions().until(() -> get("").statusCode() > 0);
    }

    private long written() throws Exception {
        var version = get("/versions/3");
        return version.statusCode() == 200 ? number(version, "cards") : 0;
    }

    private static String cards() {
        return IntStream.range(0, CARDS).mapToObj(CardKillIT::card).collect(Collectors.joining());
    }

    private static String card(int number) {
        return "{\"relation\":\"R-" + number + "\",\"responsible\":[\"An Peeters <an" + number % 50 + "@dupont.example>\"]}\n";
    }

    private HttpResponse<String> put(String settings) throws Exception {
        return http.send(
                request("").header("If-None-Match", "*").header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(settings))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String lines) {
        return ask("POST", path, lines).join();
    }

    private HttpResponse<String> get(String path) {
        return ask("GET", path, "").join();
    }

    private CompletableFuture<HttpResponse<String>> ask(String method, String path, String lines) {
        var request = request(path);
        if (lines.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/x-ndjson").method(method, HttpRequest.BodyPublishers.ofString(lines));
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/offices/dupont" + path)).header("Authorization",
                "Bearer " + token);
    }

    private static long number(HttpResponse<String> answer, String member) throws Exception {
        return value(answer, member) instanceof JsonValue.Number(var number) ? number.longValueExact() : -1;
    }

    private static String text(HttpResponse<String> answer, String member) throws Exception {
        return value(answer, member) instanceof JsonValue.Text(var text) ? text : "";
    }

    private static JsonValue value(HttpResponse<String> answer, String member) throws Exception {
        assertThat(JsonReader.read(answer.body())).describedAs(answer.body()).isInstanceOf(JsonValue.Members.class);
        return ((JsonValue.Members) JsonReader.read(answer.body())).member(member).orElseThrow(() -> new AssertionError(answer.body()));
    }
}
