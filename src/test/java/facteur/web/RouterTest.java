package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterTest {
    private static final InetAddress PEER = InetAddress.getLoopbackAddress();
    private static final Frontage FRONTAGE = new Frontage(URI.create("http://localhost:8026"), true, List.of());
    private static final String LARGEST = " ".repeat(1024 * 1024 - 2) + "{}";

    private final Router router = new Router(
            Site.of(List.of(
                    new Route("GET", "/things", request -> {
                        request.queryHasOnly(Set.of("limit", "after", "dry-run"));
                        request.number("limit", 1, 1000);
                        request.flag("dry-run");
                        return Answer.json(200, JsonValue.of(request.peer()));
                    }),
                    new Route("PUT", "/things/{thing}", request -> Answer.json(200, request.json("application/json"))),
                    new Route("DELETE", "/things/{thing}", request -> {
                        request.hasNoBody();
                        request.isBy("suite");
                        return Answer.empty(204);
                    }),
                    new Route("GET", "/fault", _ -> {
                        throw new IllegalStateException("secret");
                    }))),
            () -> FRONTAGE);

    @Test
    void leadsToTheRoute() {
        var routed = ask("DELETE", "/things/a", Map.of(), "");
        assertThat(routed.answer().status()).isEqualTo(204);
        assertThat(routed.route()).map(Route::toString).contains("DELETE /things/{thing}");
        assertThat(routed.caller()).isEqualTo("suite");
        assertThat(ask("HEAD", "/things", Map.of(), "").answer().status()).isEqualTo(200);
    }

    @Test
    void saysWhichMethodsThereAre() {
        assertProblem(ask("POST", "/things/a", Map.of(), ""), 405, "method.unknown");
        assertThat(ask("POST", "/things/a", Map.of(), "").answer().fields()).containsEntry("Allow", "PUT, DELETE");
        assertThat(ask("TRACE", "/things", Map.of(), "").answer().fields()).containsEntry("Allow", "GET, HEAD");
        assertProblem(ask("POST", "/things", Map.of("X-HTTP-Method-Override", "GET"), ""), 405, "method.unknown");
        assertProblem(ask("GET", "/nothing", Map.of(), ""), 404, "path.unknown");
    }

    @Test
    void answersToItsOwnNameAlone() {
        assertProblem(ask("GET", "/things", Map.of("Host", "evil.example"), ""), 421, "host.unknown");
        assertProblem(ask("GET", "/things", Map.of("Host", "evil.example:8026"), ""), 421, "host.unknown");
        assertProblem(ask("GET", "/things", Map.of("Host", "a b"), ""), 400, "header.invalid");
        assertProblem(ask("GET", "http://evil.example/things", Map.of(), ""), 421, "host.unknown");
        assertThat(ask("GET", "http://localhost/things", Map.of(), "").answer().status()).isEqualTo(200);
        assertProblem(answer("GET", "/things", Map.of(), ""), 400, "host.missing");
        assertProblem(answer("GET", "/things", Map.of("Host", List.of("localhost", "localhost")), ""), 400, "host.missing");
        assertProblem(ask("GET", "//things", Map.of(), ""), 404, "path.unknown");
        assertProblem(ask("GET", "//localhost/things", Map.of(), ""), 404, "path.unknown");
    }

    @Test
    void refusesALengthThatProxiesReadInTwoWays() {
        assertProblem(ask("PUT", "/things/a", Map.of("Content-Length", "+2", "Content-Type", "application/json"), "{}"), 400, "header.invalid");
    }

    @Test
    void tellsAllThatIsWrongWithAQuery() {
        var answer = ask("GET", "/things?limt=1&affter=x", Map.of(), "");
        assertProblem(answer, 400, "query.unknown");
        assertThat(text(answer)).contains("\"nearest\":\"limit\"", "\"nearest\":\"after\"");
        assertProblem(ask("GET", "/things?limit=1&limit=1", Map.of(), ""), 400, "query.twice");
        assertProblem(ask("GET", "/things?limit=%00", Map.of(), ""), 400, "query.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=-1", "limit=+1", "limit=x", "limit=", "limit=99999999999999999999", "dry-run=maybe"})
    void refusesValuesOutOfBounds(String query) {
        assertProblem(ask("GET", "/things?" + query, Map.of(), ""), 400, "query.invalid");
    }

    @Test
    void takesJsonInItsOwnTypeAlone() {
        var json = Map.of("Content-Type", "application/json; charset=utf-8");
        assertThat(ask("PUT", "/things/a", json, "{\"a\": 1}").answer().status()).isEqualTo(200);
        assertThat(ask("PUT", "/things/a", json, LARGEST).answer().status()).isEqualTo(200);
        assertProblem(ask("PUT", "/things/a", json, LARGEST + " "), 413, "body.too-large");
        assertProblem(ask("PUT", "/things/a", json, "{\"a\": 1, \"a\": 2}"), 400, "json.invalid");
        assertProblem(ask("PUT", "/things/a", json, ""), 400, "json.invalid");
        assertProblem(ask("PUT", "/things/a", json, "[".repeat(100_000)), 400, "json.invalid");
        assertProblem(ask("PUT", "/things/a", json, "1".repeat(1_000_000)), 400, "json.invalid");
        // A page can send this without being asked.
        assertProblem(ask("PUT", "/things/a", Map.of("Content-Type", "text/plain"), "{}"), 415, "content-type.unsupported");
        assertProblem(ask("PUT", "/things/a", Map.of(), "{}"), 415, "content-type.unsupported");
        assertProblem(ask("PUT", "/things/a", Map.of("Content-Type", "application/json; charset=utf-16"), "{}"), 415, "content-type.unsupported");
        var zipped = Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
        assertProblem(ask("PUT", "/things/a", zipped, "{}"), 415, "content-encoding.unsupported");
        assertProblem(ask("DELETE", "/things/a", Map.of(), "{}"), 400, "body.unexpected");
    }

    @Test
    void refusesALengthBeforeItReads() throws IOException {
        var fields = Map.of("Content-Type", "application/json", "Content-Length", "1048577");
        var head = new RequestHead("PUT", URI.create("/things/a"), fields(fields));
        var body = InputStream.nullInputStream();
        body.close(); // Who reads it now fails.
        assertProblem(router.answer(head, PEER, body), 413, "body.too-large");
    }

    @Test
    void aFaultTellsNothing() {
        assertProblem(ask("GET", "/fault", Map.of(), ""), 500, "internal");
        assertThat(text(ask("GET", "/fault", Map.of(), ""))).doesNotContain("secret", "Exception");
    }

    private Router.Routed ask(String method, String target, Map<String, String> fields, String body) {
        return answer(method, target, fields(fields), body);
    }

    private static Map<String, List<String>> fields(Map<String, String> single) {
        var fields = new HashMap<String, List<String>>();
        fields.put("host", List.of("localhost"));
        single.forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return fields;
    }

    private Router.Routed answer(String method, String target, Map<String, List<String>> fields, String body) {
        return router.answer(
                new RequestHead(method, URI.create(target), fields), PEER, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertProblem(Router.Routed routed, int status, String code) {
        assertThat(routed.answer().status()).isEqualTo(status);
        assertThat(routed.answer().fields()).containsEntry("Content-Type", "application/problem+json");
        var json = (JsonValue.Members) read(text(routed));
        assertThat(json.member("status")).contains(new JsonValue.Number(status));
        assertThat(json.member("problems").map(JsonValue::toString).orElse("")).contains("\"code\":\"" + code + '"');
    }

    private static JsonValue read(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String text(Router.Routed routed) {
        return routed.answer().body() instanceof Answer.Body.Octets(var octets) ? new String(octets, StandardCharsets.UTF_8) : "";
    }
}
