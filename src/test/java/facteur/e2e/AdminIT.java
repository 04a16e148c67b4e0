package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import facteur.platform.clock.SteadyTime;
import facteur.platform.config.Problems;
import facteur.relay.Config;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The admin port: what it shows, what it lets be done, and to whom.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdminIT {
    private final RecordingJournal journal = new RecordingJournal();
    private RelayFolder relay;
    private Daemon daemon;
    private AdminPort admin;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("settings: { fresh-for: 1h }\n");
        daemon = relay.start(journal);
        admin = AdminPort.of(relay);
    }

    @AfterAll
    void stop() {
        daemon.close();
    }

    @Test
    void livesAndIsReady() throws IOException {
        assertThat(admin.get("/health/live")).startsWith("HTTP/1.1 200 ").endsWith("{\n  \"status\": \"up\"\n}\n");
        assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200 ").contains("\"status\": \"ready\"");
        assertThat(admin.request("HEAD /health/ready", "")).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
    }

    @Test
    void answersAreNotKeptAndNotGuessedAt() throws IOException {
        for (var path : List.of("/health/live", "/metrics", "/reload", "/nowhere")) {
            assertThat(admin.get(path).toLowerCase(Locale.ROOT))
                    .contains("cache-control: no-store\r\n")
                    .contains("x-content-type-options: nosniff\r\n")
                    .doesNotContain("access-control");
        }
    }

    @Test
    void countsEveryKindOfEventAndTheCache() throws IOException {
        submit("X-Relation-Id: R-1042\r\n");
        journal.await(MailEvent.Relayed.class, 1);
        var text = admin.get("/metrics");
        assertThat(text).contains("Content-type: text/plain; version=0.0.4");
        for (var kind : MailEvent.class.getPermittedSubclasses()) {
            var name = kind.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
            assertThat(text).containsPattern("(?m)^facteur_" + name + "_total \\d");
        }
        assertThat(text)
                .containsPattern("(?m)^facteur_accepted_total [1-9]")
                .containsPattern("(?m)^facteur_settings_hits_total [1-9]")
                .containsPattern("(?m)^facteur_settings_loads_total [1-9]")
                .containsPattern("(?m)^facteur_settings_failures_total 0")
                .containsPattern("(?m)^facteur_settings_stale_total 0")
                .containsPattern("(?m)^facteur_settings_entries [1-9]")
                .containsPattern("(?m)^facteur_settings_oldest_age_seconds \\d")
                .doesNotContain("dupont");
    }

    @Test
    void speaksOpenMetricsWhenAsked() throws IOException {
        assertThat(admin.request("GET /metrics", "Accept: application/openmetrics-text; version=1.0.0\r\n"))
                .contains("Content-type: application/openmetrics-text")
                .endsWith("# EOF\n");
    }

    @Test
    void anEvictedOfficeIsAskedForAtOnce() throws IOException {
        relay.office("durand", "company: Durand <old@durand.example>\n");
        assertThat(replyTo("durand")).isEqualTo("old@durand.example");
        relay.office("durand", "company: Durand <brand-new@durand.example>\n");
        assertThat(replyTo("durand")).isEqualTo("old@durand.example");

        assertThat(admin.post("/settings/evict?office=dupont")).startsWith("HTTP/1.1 200 ");
        assertThat(replyTo("durand")).isEqualTo("old@durand.example");
        assertThat(admin.post("/settings/evict?office=durand")).startsWith("HTTP/1.1 200 ").contains("\"evicted\": 1");
        assertThat(replyTo("durand")).isEqualTo("brand-new@durand.example");

        relay.office("durand", "company: Durand <newest-of-all@durand.example>\n");
        assertThat(admin.post("/settings/evict")).startsWith("HTTP/1.1 200 ").contains("\"evicted\":");
        assertThat(replyTo("durand")).isEqualTo("newest-of-all@durand.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"office=unknown", "office=", "office=Dupont", "office=..%2Fdupont", "office=dupont&office=durand", "all", "x=dupont"})
    void evictsOnlyWhatCanBeAnOffice(String query) throws IOException {
        assertThat(admin.post("/settings/evict?" + query)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @CsvSource({"GET,/reload,POST", "GET,/settings/evict,POST", "DELETE,/reload,POST", "POST,/metrics,'GET, HEAD'", "PUT,/health/live,'GET, HEAD'"})
    void saysWhichMethodIsRight(String method, String path, String allowed) throws IOException {
        assertThat(admin.request(method + " " + path, "")).startsWith("HTTP/1.1 405 ").contains("Allow: " + allowed + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics/", "/Metrics", "/health", "/health/live/x", "//metrics", "/%6detrics", "/reload/../metrics"})
    void knowsNoOtherPath(String path) throws IOException {
        assertThat(admin.get(path)).startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reload", "/settings/evict", "/settings/evict?office=dupont"})
    void onlyTheTokenSteers(String path) throws IOException {
        for (var field : List.of("", "Authorization: Bearer \r\n", "Authorization: Bearer x" + admin.token() + "\r\n",
                "Authorization: Basic " + admin.token() + "\r\n")) {
            assertThat(admin.request("POST " + path, field + "Content-Length: 0\r\n"))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("Www-authenticate: Bearer\r\n");
        }
        assertThat(admin.get("/health/ready")).doesNotContain("reloadedAt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: localhost.evil.example:8025", "Host: localhost\r\nHost: evil.example", "X-No: Host"})
    void answersUnderNoOtherName(String host) throws IOException {
        var authorized = "Authorization: Bearer " + admin.token() + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        assertThat(admin.say("GET /metrics HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n")).containsPattern("^HTTP/1.1 4(21|00) ");
        assertThat(admin.say("POST /reload HTTP/1.1\r\n" + host + "\r\n" + authorized)).containsPattern("^HTTP/1.1 4(21|00) ");
        assertThat(admin.get("/health/ready")).doesNotContain("reloadedAt");
    }

    @Test
    void takesNoBodyWorthTheName() throws IOException {
        var body = "x".repeat(2_000);
        var authorized = "Authorization: Bearer " + admin.token() + "\r\n";
        assertThat(admin.request("POST /settings/evict", authorized + "Content-Length: 2000\r\n\r\n" + body)).startsWith("HTTP/1.1 413 ");
        assertThat(admin.request("POST /settings/evict", authorized + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + body + "\r\n0\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(admin.request("POST /settings/evict", authorized + "Content-Length: 10\r\n\r\n" + "x".repeat(10)))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "EHLO app.example\r\nMAIL FROM:<a@b.example>\r\n",
        "MAIL FROM:<a@b.example> BODY=8BITMIME\r\nRCPT TO:<c@d.example>\r\n",
        "QUIT\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n"
    })
    void whoSpeaksSomethingElseIsToldAndDoesNoHarm(String octets) throws IOException {
        assertThat(admin.say(octets)).startsWith("HTTP/1.1 400 ");
        assertThat(admin.get("/health/live")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void theTokenLiesInTheStateFolderForItsOwnerWhileTheDaemonRuns(@TempDir Path other) throws IOException {
        var folder = new RelayFolder(other).office("dupont", RelayFolder.DUPONT).capturing();
        var file = folder.state().resolve("admin");
        String first;
        try (var running = folder.start(journal)) {
            assertThat(Files.readString(file)).matches("127\\.0\\.0\\.1:" + running.adminPort().orElseThrow() + " [A-Za-z0-9_-]{43}\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            first = AdminPort.of(folder).token();
        }
        assertThat(file).doesNotExist();
        try (var _ = folder.start(journal)) {
            assertThat(AdminPort.of(folder).token()).isNotEqualTo(first);
        }
    }

    @Test
    void mayBeOff(@TempDir Path other) {
        var folder = new RelayFolder(other).office("dupont", RelayFolder.DUPONT).configuredWith("admin", "{ address: off }", "");
        try (var running = folder.start(journal)) {
            assertThat(running.adminPort()).isEmpty();
            assertThat(folder.state().resolve("admin")).doesNotExist();
        }
    }

    @Test
    void aTakenPortIsNamedByItsKey(@TempDir Path other) {
        var taken = "127.0.0.1:" + daemon.adminPort().orElseThrow();
        var folder = new RelayFolder(other)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("admin", "{ address: \"" + taken + "\" }", "");
        var config = Config.read(folder.config(), new Problems(), _ -> null);
        assertThatThrownBy(() -> Daemon.start(config, InstantSource.system(), SteadyTime.system(), journal))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.address " + taken);
    }

    @Test
    void isNotReadyWhenTheSpoolTakesNothing(@TempDir Path other) throws IOException {
        var folder = new RelayFolder(other)
                .office("dupont", RelayFolder.DUPONT)
                .configured("spool: { free-space: 1000000GB }\n");
        try (var _ = folder.start(journal)) {
            assertThat(AdminPort.of(folder).get("/health/ready")).startsWith("HTTP/1.1 503 ").contains("disk space");
            assertThat(AdminPort.of(folder).get("/health/live")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void isNotReadyWhileItStops(@TempDir Path other) throws Exception {
        var folder = new RelayFolder(other).office("dupont", RelayFolder.DUPONT).capturing();
        var stopping = folder.start(journal);
        var port = AdminPort.of(folder);
        try (var app = AppConnection.greeted(stopping.ports().getFirst())) {
            app.say("MAIL FROM:<jan@dupont.example>");
            app.say("RCPT TO:<client@example.com>");
            assertThat(app.say("DATA").code()).isEqualTo(354);
            var stop = Thread.ofVirtual().start(stopping::close);
            await().atMost(Duration.ofSeconds(10)).until(() -> port.get("/health/ready").contains("\"stopping\""));
            assertThat(port.get("/health/ready")).startsWith("HTTP/1.1 503 ");
            assertThat(port.get("/health/live")).startsWith("HTTP/1.1 200 ");
            app.send("From: jan@dupont.example\r\n\r\nGood day!\r\n.\r\n");
            assertThat(app.reply().code()).isEqualTo(250);
            stop.join();
        }
    }

    private String replyTo(String office) throws IOException {
        submit("X-Office-Id: " + office + "\r\n");
        return journal.events(MailEvent.Accepted.class).getLast().replyTo();
    }

    private void submit(String fields) throws IOException {
        var letter = (fields + "From: Jan Janssens <jan@dupont.example>\r\n\r\nGood day!\r\n").getBytes(StandardCharsets.US_ASCII);
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).code()).isEqualTo(250);
        }
    }
}
