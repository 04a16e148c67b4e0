package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A person gets a page, a program gets JSON.
final class PageRefusalsTest {
    private final AtomicBoolean areOn = new AtomicBoolean(true);
    private final Route api = new Route("GET", "/api/v1/things", _ -> Answer.empty(200));
    private final List<Route> pages = List.of(
            new Route("GET", "/mail", request -> Answer.html(200, request.target().getBytes(StandardCharsets.UTF_8))),
            new Route("POST", "/mail", request -> {
                request.form();
                return Answer.seeOther("/mail");
            }),
            new Route("GET", "/o/{office}/mail", request -> Answer.html(200, request.variable("office").getBytes(StandardCharsets.UTF_8))),
            new Route("GET", "/fault", _ -> {
                throw new IllegalStateException("secret");
            }),
            new Route("GET", "/busy", _ -> {
                throw new RefusedException(ProblemDetails.of(429, "rate.exceeded", "", "too many")
                        .answer()
                        .with("Retry-After", "1")
                        .withCookie(SetCookie.embedded("x", Duration.ZERO)));
            }));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET   /nothing               | localhost    | 404 path.unknown
            GET   /                      | localhost    | 404 path.unknown
            GET   //mail                 | localhost    | 404 path.unknown
            GET   /mail/                 | localhost    | 404 path.unknown
            GET   /o/../mail             | localhost    | 404 path.unknown
            GET   /o/%2e%2e/mail         | localhost    | 404 path.unknown
            GET   /o/a%2fb/mail          | localhost    | 404 path.unknown
            GET   /o/a%5Cb/mail          | localhost    | 404 path.unknown
            GET   /o/%00/mail            | localhost    | 404 path.unknown
            GET   /%6Dail                | localhost    | 404 path.unknown
            GET   /apis                  | localhost    | 404 path.unknown
            DELETE /mail                 | localhost    | 405 method.unknown
            OPTIONS /mail                | localhost    | 405 method.unknown
            TRACE /mail                  | localhost    | 405 method.unknown
            TRACE /nothing               | localhost    | 405 method.unknown
            CONNECT /                    | localhost    | 405 method.unknown
            POST  /mail                  | localhost    | 415 content-type.unsupported
            GET   /mail?a=1&a=2          | localhost    | 400 query.twice
            GET   /mail?a=%00            | localhost    | 400 query.invalid
            GET   /mail                  | evil.example | 421 host.unknown
            GET   /mail                  | a b          | 400 header.invalid
            GET   /busy                  | localhost    | 429 rate.exceeded
            GET   /fault                 | localhost    | 500 internal
            """)
    void aPersonGetsAPage(String line, String host, String expected) {
        var answer = ask(line, host);
        assertThat(text(answer)).isEqualTo("<p>" + expected);
        assertThat(answer.status() + "").isEqualTo(expected.substring(0, 3));
        assertThat(answer.fields()).containsEntry("Content-Type", "text/html; charset=utf-8").containsKey("Content-Security-Policy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET   /api/v1/nothing        | localhost    | 404
            GET   /api                   | localhost    | 404
            POST  /api/v1/things         | localhost    | 405
            TRACE /api/v1/things         | localhost    | 405
            GET   /api/v1/things         | evil.example | 421
            GET   /health                | localhost    | 404
            """)
    void aProgramGetsJson(String line, String host, int status) {
        var answer = ask(line, host);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.fields()).containsEntry("Content-Type", "application/problem+json");
        assertThat(text(answer)).startsWith("{\"title\":");
    }

    @Test
    void whatElseTheHeaderSaysStays() {
        assertThat(ask("DELETE /mail", "localhost").fields()).containsEntry("Allow", "GET, HEAD, POST");
        assertThat(ask("TRACE /nothing", "localhost").fields()).containsEntry("Allow", "");
        assertThat(ask("GET /busy", "localhost").fields()).containsEntry("Retry-After", "1");
        assertThat(ask("GET /busy", "localhost").cookies()).hasSize(1);
        assertThat(ask("POST /mail", "localhost").fields()).containsEntry("Accept", "application/x-www-form-urlencoded, multipart/form-data");
    }

    @Test
    void withoutPagesThereIsNoPath() {
        assertThat(text(ask("GET /mail?a=b", "localhost"))).isEqualTo("/mail?a=b");
        areOn.set(false);
        var answer = ask("GET /mail", "localhost");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.fields()).containsEntry("Content-Type", "application/problem+json");
        assertThat(ask("GET /api/v1/things", "localhost").status()).isEqualTo(200);
    }

    /// Even when the disk has no templates, or they fail.
    @Test
    void aPageThatFailsIsJson() {
        var answer = ask("GET /nothing", "localhost", (_, _) -> {
            throw new IllegalStateException("no template");
        });
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.fields()).containsEntry("Content-Type", "application/problem+json");
    }

    private Answer ask(String line, String host) {
        return ask(line, host, (_, why) -> Answer.html(
                why.status(), ("<p>" + why.status() + " " + why.problems().getFirst().code()).getBytes(StandardCharsets.UTF_8)));
    }

    private Answer ask(String line, String host, Refusals refusals) {
        var parts = line.split(" +");
        var fields = new HashMap<String, List<String>>(Map.of("Host", List.of(host)));
        return new Router(
                new Site(List.of(api), pages, areOn::get, refusals, Optional.empty()),
                () -> new Frontage(URI.create("http://localhost:8026"), true, List.of()))
                .answer(
                        new RequestHead(parts[0], URI.create(parts[1]), fields),
                        InetAddress.getLoopbackAddress(),
                        new ByteArrayInputStream("a=1".getBytes(StandardCharsets.US_ASCII)))
                .answer();
    }

    private static String text(Answer answer) {
        return answer.body() instanceof Answer.Body.Octets(var octets) ? new String(octets, StandardCharsets.UTF_8) : "";
    }
}
