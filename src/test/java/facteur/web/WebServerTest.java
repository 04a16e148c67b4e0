package facteur.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.RecordingJournal;
import facteur.journal.MailEvent;
import facteur.platform.config.HostAndPort;
import facteur.platform.json.JsonValue;
import facteur.platform.tls.TlsKeys;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server is the subject, so its sockets are real.
@Timeout(60)
final class WebServerTest {
    private static final HostAndPort ANY = new HostAndPort("127.0.0.1", 0);
    private static final int MEGABYTE = 1024 * 1024;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final Semaphore ended = new Semaphore(0);
    private final CountDownLatch begun = new CountDownLatch(PROCESSORS);
    private volatile boolean isOver;

    @TempDir
    private Path folder;

    private RecordingJournal journal;
    private PrometheusRegistry registry;
    private WebServer server;

    @BeforeEach
    void open() throws IOException {
        WebServer.raiseLimits();
        journal = new RecordingJournal();
        registry = new PrometheusRegistry();
        var settings = settings();
        server = WebServer.start(
                ANY,
                () -> settings,
                new TlsKeys(Optional.empty()),
                Site.of(List.of(
                        new Route("GET", "/health", _ -> Answer.json(200, JsonValue.of("up"))),
                        new Route("GET", "/things/{thing}", request -> {
                            request.isBy("suite");
                            return Answer.json(200, JsonValue.of(request.variable("thing"))).with("ETag", "\"1\"");
                        }),
                        new Route("POST", "/things", request -> {
                            request.bodyType(Set.of("text/csv"));
                            try (var upload = request.upload(folder, 2 * MEGABYTE)) {
                                return Answer.json(200, new JsonValue.Number(upload.file().toFile().length()));
                            }
                        }),
                        new Route("GET", "/half", _ -> Answer.written(200, "text/csv", out -> {
                            out.write("relation\n".getBytes(StandardCharsets.UTF_8));
                            out.flush();
                            throw new IOException("the database is away");
                        })),
                        new Route("GET", "/endless", _ -> {
                            begun.countDown();
                            while (!isOver) {
                                Thread.onSpinWait();
                            }
                            return Answer.empty(204);
                        }),
                        new Route("GET", "/whole", _ -> Answer.written(200, "text/csv", out -> {
                            out.write(new byte[100_000]);
                            out.close();
                        })),
                        new Route("GET", "/held/{how}", request -> Answer.written(200, "text/csv", out -> {
                            if (request.variable("how").equals("half")) {
                                throw new IOException("the database is away");
                            }
                            out.write(1);
                        }).endingWith(ended::release)))),
                journal,
                registry);
    }

    /// However it ends.
    @ParameterizedTest
    @ValueSource(strings = {"GET /held/whole", "HEAD /held/whole", "GET /held/half"})
    void whatAnAnswerHeldIsGivenBackOnce(String request) throws Exception {
        ask(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        ended.acquire();
        assertThat(ended.drainPermits()).isZero();
    }

    /// At once: for the JDK's server, an answer that broke off is in progress for ever.
    @AfterEach
    void close() {
        server.close(0);
    }

    /// Sessions of apps have virtual threads, which share one thread of the system per processor: a page that computes must not hold it.
    @Test
    void pagesThatComputeLeaveLettersTheirShare() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < PROCESSORS; i++) {
                var _ = callers.submit(() -> ask("GET /endless HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            }
            begun.await();
            var letter = new CountDownLatch(1);
            Thread.ofVirtual().start(letter::countDown);
            var isThrough = letter.await(20, TimeUnit.SECONDS);
            isOver = true;
            assertThat(isThrough).isTrue();
        }
    }

    @Test
    void answersWithFieldsThatKeepBrowsersOut() throws IOException {
        assertThat(ask("GET /things/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Cache-control: no-store\r\n", "X-content-type-options: nosniff\r\n", "Etag: \"1\"\r\n")
                .contains("Content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n")
                .contains("Strict-transport-security: max-age=31536000\r\n")
                .doesNotContain("Access-control", "Set-cookie")
                .endsWith("\r\n\r\n\"a\"\n");
    }

    @Test
    void headIsGetWithoutABody() throws IOException {
        assertThat(ask("HEAD /things/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("Content-length: 4\r\n", "Etag: \"1\"")
                .endsWith("\r\n\r\n");
    }

    /// What smuggles a second request behind a proxy.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked", "Content-Length: 4\r\nContent-Length: 5", "Content-Length: +4",
                "Content-Length: -4",
                "Content-Length: 4, 4", "Content-Length: 0x4", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding : chunked",
                "Transfer-Encoding: xchunked"
            })
    void refusesALengthThatTwoReadersReadInTwoWays(String fields) throws IOException {
        assertThat(ask("POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nConnection: close\r\n" + fields
                + "\r\n\r\n0\r\n\r\nGET /things/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (400|501) .*")
                .doesNotContain("smuggled", "HTTP/1.1 2");
    }

    @Test
    void refusesAnOtherName() throws IOException {
        assertThat(ask("GET /things/a HTTP/1.1\r\nHost: rebound.evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("application/problem+json", "host.unknown");
        assertThat(ask("GET /health HTTP/1.1\r\nHost: pod-17.internal\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE /things/a", "OPTIONS /things/a", "CONNECT /things/a", "PUT /things/a", "GETX /things/a"})
    void takesTheMethodsOfTheRouteAlone(String line) throws IOException {
        assertThat(ask(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD\r\n");
    }

    /// Who is still writing gets the answer all the same, not a reset connection.
    @Test
    void aBodyThatIsTooLargeIsAnsweredWhileItComes() throws IOException {
        assertThat(ask("POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nConnection: close\r\nContent-Length: "
                + 3 * MEGABYTE + "\r\n\r\n" + "x".repeat(3 * MEGABYTE)))
                .startsWith("HTTP/1.1 413 ");
        assertThat(ask("POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunks(3) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(ask("POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunks(2) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n2097152\n");
        assertThat(folder).isEmptyDirectory();
    }

    /// The limit that counts in this JVM is that of its first server; one of the JDK's is there at least.
    @ParameterizedTest
    @ValueSource(ints = {1, 300})
    void aHeaderThatIsTooLargeIsNotTaken(int fields) throws IOException {
        assertThat(System.getProperty("sun.net.httpserver.maxReqHeaderSize")).isEqualTo("16384");
        var field = "X-Long: " + "x".repeat(400_000 / fields) + "\r\n";
        try {
            assertThat(ask("GET /things/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + field.repeat(fields) + "\r\n"))
                    .doesNotContain("HTTP/1.1 200");
        } catch (SocketException closed) {
            // Before all of it was sent.
        }
        assertThat(ask("GET /things/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aBodyThatEndsEarlyIsNotTaken() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 9\r\n\r\nabc"
                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).doesNotContain("HTTP/1.1 200");
        }
        assertThat(folder).isEmptyDirectory();
    }

    /// The peer must not take half of a list for all of it.
    @Test
    void anAnswerThatBreaksOffIsSeenAsSuch() throws IOException {
        assertThat(ask("GET /half HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).contains("relation\n").doesNotEndWith("0\r\n\r\n");
        assertThat(ask("GET /whole HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).endsWith("0\r\n\r\n");
    }

    /// An event is there when the answer is whole.
    @Test
    void aWriterMayCloseWhatItWritesTo() throws IOException {
        ask("GET /half HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        ask("GET /whole HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(journal.await(MailEvent.Requested.class, 1)).extracting(MailEvent.Requested::path).containsExactly("/whole");
    }

    /// A query may name persons, a field the token.
    @Test
    void tellsOfEachRequestButNotItsQuery() throws IOException {
        ask("GET /things/a%2Db?person=jan HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer fct_1_secret\r\n"
                + "X-Forwarded-For: 198.51.100.9\r\nConnection: close\r\n\r\n");
        ask("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        ask("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(journal.await(MailEvent.Requested.class, 2))
                .extracting(requested -> requested.peer() + " " + requested.caller() + " " + requested.method() + " " + requested.path() + " "
                        + requested.status())
                .containsExactlyInAnyOrder("127.0.0.1 suite GET /things/a%2Db 200", "127.0.0.1  GET /nothing 404");
        assertThat(journal.events().toString()).doesNotContain("secret", "person");
        assertThat(registry.scrape(name -> name.equals("facteur_web_requests")).stream().flatMap(all -> all.getDataPoints().stream()))
                .extracting(point -> point.getLabels().toString())
                .contains("{route=\"GET /things/{thing}\",status=\"200\"}", "{route=\"none\",status=\"404\"}");
    }

    @Test
    void saysWhichAddressIsTaken() {
        var taken = new HostAndPort("127.0.0.1", server.port());
        assertThatThrownBy(() -> WebServer.start(
                taken, WebServerTest::settings, new TlsKeys(Optional.empty()), Site.of(List.of()), journal, new PrometheusRegistry()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("console.address 127.0.0.1:" + server.port());
    }

    private static ConsoleSettings settings() {
        return new ConsoleSettings(
                Optional.of(ANY), Optional.of(URI.create("https://mail.example.org")), ConsoleSettings.Tls.NONE, List.of(),
                PageSettings.byDefault(ZoneOffset.UTC));
    }

    private static String chunks(int megabytes) {
        return (Integer.toHexString(MEGABYTE) + "\r\n" + "x".repeat(MEGABYTE) + "\r\n").repeat(megabytes);
    }

    private String ask(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
