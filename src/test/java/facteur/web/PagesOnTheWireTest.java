package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.journal.MailEvent;
import facteur.platform.config.HostAndPort;
import facteur.platform.tls.TlsKeys;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a browser sees of a page: real sockets, since the header is the subject.
@Timeout(60)
final class PagesOnTheWireTest {
    private static final HostAndPort ANY = new HostAndPort("127.0.0.1", 0);
    private static final PageSettings PAGES = PageSettings.byDefault(ZoneOffset.UTC);
    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    private final AtomicReference<String> url = new AtomicReference<>("https://mail.example.org");
    private final AtomicBoolean arePagesOn = new AtomicBoolean(true);
    private final RecordingJournal journal = new RecordingJournal();
    private WebServer server;

    @BeforeEach
    void open() throws IOException {
        WebServer.raiseLimits();
        var page = "<!doctype html>".getBytes(StandardCharsets.UTF_8);
        var routes = List.of(
                new Route("GET", "/mail", request -> Answer.html(200, page)
                        .withCookie(SetCookie.session(request, "a"))
                        .withCookie(SetCookie.embedded("b", Duration.ofMinutes(30)))),
                new Route("GET", "/framed", _ -> Answer.html(200, page).framedBy("https://suite.example.org")),
                new Route("GET", "/password/{ticket}", _ -> Answer.html(200, page)),
                new Route("GET", "/out", _ -> Answer.seeOther("/sign-in").clearingCache()),
                new Route("POST", "/mail", request -> {
                    SameOrigin.require(request);
                    var file = request.formWithFile().file("cards").orElseThrow().file().toFile();
                    return Answer.html(200, (file.length() + " in " + file.getParentFile().list().length).getBytes(StandardCharsets.UTF_8));
                }));
        server = WebServer.start(
                ANY,
                () -> new ConsoleSettings(Optional.of(ANY), Optional.of(URI.create(url.get())), ConsoleSettings.Tls.NONE, List.of(), PAGES),
                new TlsKeys(Optional.empty()),
                new Site(List.of(), routes, arePagesOn::get, (_, why) -> Answer.html(why.status(), page), Optional.of(folder)),
                journal,
                new PrometheusRegistry());
    }

    @AfterEach
    void close() {
        server.close(0);
    }

    @Test
    void nothingButOurOwnIsLoaded() throws IOException {
        for (var path : List.of("/mail", "/nothing")) {
            assertThat(lines(get(path)))
                    .contains(
                            "Content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                            "X-content-type-options: nosniff",
                            "Referrer-policy: same-origin",
                            "Cross-origin-opener-policy: same-origin",
                            "Cross-origin-resource-policy: same-origin",
                            "Cache-control: no-store",
                            "Strict-transport-security: max-age=31536000",
                            "Content-type: text/html; charset=utf-8")
                    .anySatisfy(line -> assertThat(line).startsWith("Permissions-policy: ").contains("camera=()", "geolocation=()", "payment=()"))
                    .noneSatisfy(line -> assertThat(line).startsWithIgnoringCase("Access-control"))
                    .noneSatisfy(line -> assertThat(line).startsWithIgnoringCase("Server"))
                    .noneSatisfy(line -> assertThat(line).startsWithIgnoringCase("Content-encoding"));
        }
    }

    @Test
    void eachCookieIsAFieldOfItsOwn() throws IOException {
        assertThat(lines(get("/mail"))).filteredOn(line -> line.startsWith("Set-cookie")).containsExactlyInAnyOrder(
                "Set-cookie: __Host-facteur=a; Path=/; Secure; HttpOnly; SameSite=Lax",
                "Set-cookie: __Host-facteur-embed=b; Path=/; Max-Age=1800; Secure; HttpOnly; SameSite=None; Partitioned");
    }

    /// What was served to a browser in clear must not be kept from it by a field meant for TLS.
    @Test
    void inClearOnLoopback() throws IOException {
        url.set("http://localhost:8026");
        assertThat(lines(get("/mail")))
                .contains("Set-cookie: facteur=a; Path=/; HttpOnly; SameSite=Lax")
                .noneSatisfy(line -> assertThat(line).startsWith("Strict-transport-security"));
    }

    @Test
    void oneSiteMayShowItInAFrame() throws IOException {
        assertThat(lines(get("/framed")))
                .filteredOn(line -> line.startsWith("Content-security-policy"))
                .singleElement().asString().endsWith("; frame-ancestors https://suite.example.org");
    }

    @Test
    void whoSignsOutLeavesNothing() throws IOException {
        assertThat(lines(get("/out"))).contains("HTTP/1.1 303 See Other", "Location: /sign-in", "Clear-site-data: \"cache\"",
                "Cache-control: no-store");
    }

    /// Who is still sending gets the answer all the same, and leaves nothing behind.
    @ParameterizedTest
    @ValueSource(ints = {1, 32, 33})
    void aFileIsStoredUntilTheAnswer(int megabytes) throws IOException {
        var start = "--x\r\nContent-Disposition: form-data; name=\"cards\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n";
        var end = "\r\n--x--\r\n";
        var length = start.length() + (long) megabytes * MEGABYTE + end.length();
        var piece = "x".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var out = socket.getOutputStream();
            out.write(("POST /mail HTTP/1.1\r\nHost: mail.example.org\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
                    + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: " + length + "\r\n\r\n" + start)
                    .getBytes(StandardCharsets.US_ASCII));
            for (var i = 0; i < megabytes; i++) {
                out.write(piece);
            }
            out.write(end.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith(megabytes > 32 ? "HTTP/1.1 413 " : "HTTP/1.1 200 ");
            assertThat(answer).endsWith(megabytes > 32 ? "<!doctype html>" : megabytes * MEGABYTE + " in 1");
        }
        assertThat(folder).isEmptyDirectory();
    }

    /// Who reads the journal must not get in by a link that is meant for another, not even by one that was refused.
    @Test
    void noTicketIsInTheJournal() throws IOException {
        for (var line : List.of("GET /password/3f2a", "GET /password/3f2a?to=/mail", "DELETE /password/3f2a", "GET /password/3f2a/")) {
            ask(line, "mail.example.org");
        }
        ask("GET /password/3f2a", "evil.example");
        arePagesOn.set(false);
        ask("GET /password/3f2a", "mail.example.org");
        // Each is journalled once it is answered, by a thread of its own.
        assertThat(journal.await(MailEvent.Requested.class, 6)).extracting(MailEvent.Requested::path)
                .containsExactlyInAnyOrder("/password/{ticket}", "/password/{ticket}", "/password/{ticket}", "/password/{ticket}/",
                        "/password/{ticket}", "/password/{ticket}");
    }

    /// A browser that goes away in the middle of it.
    @Test
    void aFileThatBreaksOffIsGone() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("POST /mail HTTP/1.1\r\nHost: mail.example.org\r\nSec-Fetch-Site: same-origin\r\n"
                    + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n"
                    + "--x\r\nContent-Disposition: form-data; name=\"cards\"; filename=\"a.csv\"\r\n\r\nhalf").getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).doesNotContain("HTTP/1.1 200");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private String get(String path) throws IOException {
        return ask("GET " + path, URI.create(url.get()).getAuthority());
    }

    private String ask(String line, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((line + " HTTP/1.1\r\nHost: " + host + "\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static List<String> lines(String answer) {
        return List.of(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n"));
    }
}
