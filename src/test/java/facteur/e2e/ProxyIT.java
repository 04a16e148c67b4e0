package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Apps behind a proxy: its word counts where the configuration says so, and nowhere else.
final class ProxyIT {
    private static final String LISTENERS = """
            [{ address: "127.0.0.1:0", proxy-from: [127.0.0.0/8] },
             { address: "127.0.0.1:0", proxy-from: [127.0.0.0/8], tls: implicit },
             { address: "127.0.0.1:0", proxy-from: [198.51.100.0/24] }]
            """;
    private static final String BLOCK = "0d0a0d0a000d0a515549540a2111000ccb007107c6336401dc040019";

    private final RecordingJournal journal = new RecordingJournal();
    private RelayFolder folder;
    private Daemon relay;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = new RelayFolder(temporary)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        Map.of(
                                "listeners", LISTENERS.replace("\n", " "),
                                "apps", "[{ name: office, networks: [203.0.113.0/24], offices: [dupont] }]"),
                        TestTls.section("relay.pem", "relay-pkcs8.key"));
        relay = folder.start(journal);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void anAppIsKnownByTheAddressThatTheProxyNames() throws Exception {
        try (var app = behindProxy(0, "PROXY TCP4 203.0.113.7 198.51.100.1 56324 25\r\n")) {
            assertThat(app.say("EHLO app.example").code()).isEqualTo(250);
            var id = queueId(submit(app));
            var captured = Files.readString(folder.state().resolve("captured").resolve(id + ".eml"), StandardCharsets.ISO_8859_1);
            assertThat(captured).contains("([203.0.113.7])");
        }
        try (var app = behindProxy(0, "PROXY TCP4 192.0.2.7 198.51.100.1 56324 25\r\n")) {
            app.say("EHLO stranger.example");
            assertThat(app.say("MAIL FROM:<x@example.com>").code()).isEqualTo(530);
            assertThat(journal.events(MailEvent.TurnedAway.class)).extracting(MailEvent.TurnedAway::peer).containsExactly("192.0.2.7");
        }
    }

    @Test
    void theSecondVersionWorksAsTheFirst() throws Exception {
        try (var app = AppConnection.silent(relay.ports().get(0))) {
            app.send(HexFormat.of().parseHex(BLOCK));
            assertThat(app.reply().code()).isEqualTo(220);
            app.say("EHLO app.example");
            assertThat(submit(app)).startsWith("250 ");
        }
    }

    @Test
    void theHeaderComesBeforeTheHandshake() throws Exception {
        try (var app = AppConnection.silent(relay.ports().get(1))) {
            app.send("PROXY TCP4 203.0.113.7 198.51.100.1 56324 465\r\n");
            app.shakeHands(TestTls.trusting());
            assertThat(app.reply().code()).isEqualTo(220);
            app.say("EHLO app.example");
            assertThat(submit(app)).startsWith("250 ");
        }
    }

    @Test
    void aProxyThatSpeaksForItselfIsItself() throws Exception {
        try (var app = behindProxy(0, "PROXY UNKNOWN\r\n")) {
            app.say("EHLO proxy.example");
            assertThat(app.say("MAIL FROM:<x@example.com>").code()).describedAs("127.0.0.1 is no app here").isEqualTo(530);
        }
    }

    @Test
    void withoutAHeaderThereIsNoGreeting() throws Exception {
        try (var app = AppConnection.silent(relay.ports().get(0))) {
            app.send("EHLO app.example\r\n");
            assertThat(app.reply()).hasToString("421 4.7.0 PROXY header expected, closing");
            assertThat(app.isClosedByRelay()).isTrue();
            assertThat(journal.await(MailEvent.ProxyFailed.class, 1).getFirst().peer()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void nobodyElsesWordCounts() throws Exception {
        try (var app = new AppConnection(relay.ports().get(2))) {
            assertThat(app.say("PROXY TCP4 203.0.113.7 198.51.100.1 56324 25").code()).isEqualTo(500);
            app.say("EHLO stranger.example");
            assertThat(app.say("MAIL FROM:<x@example.com>").code()).isEqualTo(530);
        }
    }

    /// In one packet with the header, so that it is surely there before the greeting.
    @Test
    void whoTalksBeforeTheGreetingIsRefused() throws Exception {
        try (var app = AppConnection.silent(relay.ports().get(0))) {
            app.send("PROXY TCP4 203.0.113.7 198.51.100.1 56324 25\r\nEHLO app.example\r\nMAIL FROM:<x@example.com>\r\n");
            assertThat(app.reply()).hasToString("554 5.5.1 Wait for the greeting");
            assertThat(app.rest()).isEmpty();
            assertThat(journal.await(MailEvent.Limited.class, 1).getFirst().limit()).isEqualTo("early-talker");
        }
    }

    private AppConnection behindProxy(int listener, String header) throws IOException {
        var app = AppConnection.silent(relay.ports().get(listener));
        app.send(header);
        assertThat(app.reply().code()).isEqualTo(220);
        return app;
    }

    private static String submit(AppConnection app) throws IOException {
        var letter = "From: jan@dupont.example\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).toString();
    }

    private String queueId(String reply) {
        var id = reply.replaceFirst(".*queued as ", "");
        journal.await(MailEvent.Relayed.class, 1);
        return id;
    }
}
