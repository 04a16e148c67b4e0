package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.admin.ReloadResult;
import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.Forger;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A relay with a port for returns beside that of apps: what it takes there, what never, and how a reload opens and closes it. This
/// machine is an app's network, and the app has a login.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReturnsIT {
    private static final Path SWAKS = Path.of("/usr/bin/swaks");
    private static final String FOR_RETURNS =
            ", { takes: returns, address: \"127.0.0.1:0\" }, { takes: returns, address: \"127.0.0.1:0\", proxy-from: [127.0.0.0/8] }]";
    private static final String SECTION = "returns: { domain: return.example.org, replies: reply.example.org }\n";
    private static final String FORGED = "b-01m83pph007v6rcy000123456789abcdef@return.example.org";

    /// A second, on a machine that does nothing else: `facteur.bench.ReturnFlood` measures it.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int FORGED_CONNECTIONS = 120;
    private static final String REPORT = """
            From: mailer-daemon@mx.example
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; client@example.com
            Action: failed
            Status: 5.1.1

            --b--
            """.replace("\n", "\r\n");

    private final RecordingJournal journal = new RecordingJournal();
    private ScriptedUpstream upstream;
    private RelayFolder folder;
    private Daemon relay;

    @BeforeAll
    void start(@TempDir Path temporary) {
        upstream = ScriptedUpstream.start();
        folder = new RelayFolder(temporary)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        Map.of(
                                "listeners", "[{ address: \"127.0.0.1:0\" }" + FOR_RETURNS,
                                "upstreams", "[{ name: smarthost, kind: smtp, address: \"127.0.0.1:" + upstream.port() + "\", tls: none }]",
                                "apps", RelayFolder.LOGIN.replace("[{", "[{ name: local, networks: [127.0.0.0/8], offices: [dupont] }, {")),
                        SECTION);
        relay = folder.start(journal);
    }

    @AfterAll
    void stop() {
        relay.close();
        upstream.close();
    }

    @Test
    void relaysNothing() throws IOException {
        try (var host = new AppConnection(relay.ports().get(1))) {
            assertThat(host.say("EHLO mx.example").lines()).noneMatch(line -> line.startsWith("AUTH"));
            assertThat(host.say("AUTH PLAIN AHN1aXRlAHNlc2FtZQ==").code()).isEqualTo(502);
            assertThat(host.say("MAIL FROM:<jan@dupont.example>").code()).isEqualTo(250);
            for (var recipient : List.of("client@example.com", "inbox@shared.example", FORGED)) {
                assertThat(host.say("RCPT TO:<" + recipient + ">")).hasToString("550 5.1.1 No such return address");
            }
        }
        try (var app = AppConnection.greeted(relay.ports().get(0))) {
            app.say("MAIL FROM:<jan@dupont.example>");
            assertThat(app.say("RCPT TO:<client@example.com>").code()).isEqualTo(250);
        }
    }

    @Test
    void relaysNothingOfAProgramThatChecksForIt() throws IOException, InterruptedException {
        assumeTrue(Files.exists(SWAKS), "swaks isn't installed");
        for (var login : List.of(List.<String>of(), List.of("--auth", "PLAIN", "--auth-user", "suite", "--auth-password", "sesame"))) {
            for (var recipient : List.of("victim@example.com", "victim%example.com@relay.example.org", "@relay.example.org:victim@example.com",
                    FORGED)) {
                var command = new ArrayList<>(List.of(SWAKS.toString(), "--server", "127.0.0.1:" + relay.ports().get(1), "--helo", "mx.example",
                        "--from", "jan@dupont.example", "--to", recipient, "--hide-all"));
                command.addAll(login);
                var swaks = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                assertThat(swaks.waitFor(20, TimeUnit.SECONDS)).isTrue();
                // 24: no recipient was taken; 28: no login is offered.
                assertThat(swaks.exitValue()).as(command.toString()).isEqualTo(login.isEmpty() ? 24 : 28);
            }
        }
        assertThat(upstream.letters()).noneMatch(letter -> letter.recipients().toString().contains("victim"));
    }

    @Test
    void aReportGetsThroughAFloodOfForgedOnes() throws IOException {
        try (var app = AppConnection.greeted(relay.ports().get(0))) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), octets("From: jan@dupont.example\r\n\r\nhello\r\n")).code())
                    .isEqualTo(250);
        }
        var address = upstream.awaitLetters(1).getLast().mail().replaceFirst("^[^<]*<([^>]*)>.*$", "$1");
        assertThat(address).startsWith("b-").endsWith("@return.example.org");
        var forger = new Forger(relay.ports().get(2), "return.example.org", 200);
        var refused = new LongAdder();
        try (var guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < FORGED_CONNECTIONS; i++) {
                var _ = guessers.submit(() -> {
                    refused.add(forger.guess());
                    return refused;
                });
            }
            try (var host = AppConnection.greeted(relay.ports().get(1))) {
                var start = System.nanoTime();
                assertThat(host.submit("<>", List.of(address), octets(REPORT)).toString()).startsWith("250 2.0.0 Ok: queued as ");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
            }
        }
        assertThat(refused.sum()).isEqualTo((long) FORGED_CONNECTIONS * Forger.GUESSES);
        assertThat(journal.events(MailEvent.RecipientRefused.class)).describedAs("the log is spared").hasSizeBetween(1, 130);
        assertThat(AdminPort.of(folder).get("/metrics")).containsPattern("facteur_recipient_refused_total [3-9]\\d\\d");
        assertThat(journal.await(MailEvent.Returned.class, 1).getFirst().recipient()).isEqualTo("client@example.com");
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void theStatusSaysWhatAPortTakes() {
        assertThat(Command.run(folder.config(), "status").out())
                .containsPattern("127\\.0\\.0\\.1:\\d+ +apps +tls none")
                .containsPattern("127\\.0\\.0\\.1:\\d+ +returns +tls none");
        assertThat(Command.run(folder.config(), "status", "--json").out()).contains("\"takes\": \"returns\"");
    }

    @Test
    void aReloadClosesThePortAndOpensItAgain() throws IOException {
        var port = relay.ports().get(1);
        folder.edited(SECTION, "");
        assertThat(relay.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class, kept -> assertThat(kept.problems())
                .hasSize(2).first().asString().containsPattern("facteur\\.yaml:\\d+: listeners\\[1]\\.takes: needs the section returns"));
        assertThat(AppConnection.greeted(port).say("NOOP").code()).isEqualTo(250);

        folder.edited(FOR_RETURNS, "]");
        assertThat(relay.reload()).isInstanceOfSatisfying(ReloadResult.Applied.class, applied -> {
            assertThat(applied.changed()).anyMatch(key -> key.startsWith("returns")).anyMatch(key -> key.startsWith("listeners"));
            assertThat(applied.atNextStart()).isEmpty();
        });
        assertThat(relay.ports()).hasSize(1);

        folder.edited("listeners: [{ address: \"127.0.0.1:0\" }]", "listeners: [{ address: \"127.0.0.1:0\" }" + FOR_RETURNS)
                .edited("hostname:", SECTION + "hostname:");
        assertThat(relay.reload()).isInstanceOf(ReloadResult.Applied.class);
        try (var host = AppConnection.greeted(relay.ports().get(1))) {
            host.say("MAIL FROM:<>");
            assertThat(host.say("RCPT TO:<" + FORGED + ">").code()).isEqualTo(550);
        }
    }
}
