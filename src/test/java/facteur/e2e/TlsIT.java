package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.ReloadResult;
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
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS toward the apps: by STARTTLS on one port, from the first octet on the other.
final class TlsIT {
    private static final String LISTENERS =
            "[{ address: \"127.0.0.1:0\", tls: starttls }, { address: \"127.0.0.1:0\", tls: implicit }]";
    private static final SSLContext TRUST = TestTls.trusting();

    /// A ClientHello of TLS 1.1 with TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA and no more (RFC 4346 §7.4.1.2).
    private static final byte[] OLD_HELLO =
            HexFormat.of().parseHex("160302002d01000029" + "0302" + "11".repeat(32) + "00" + "0002c009" + "0100");

    @TempDir
    private Path folder;

    private final RecordingJournal journal = new RecordingJournal();
    private RelayFolder relay;
    private Daemon daemon;

    @BeforeEach
    void start() {
        relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        "listeners",
                        LISTENERS,
                        "limits: { handshake-timeout: 1s }\n" + TestTls.section("relay.pem", "relay-pkcs8.key"));
        daemon = relay.start(journal);
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private int startTlsPort() {
        return daemon.ports().getFirst();
    }

    private int implicitPort() {
        return daemon.ports().getLast();
    }

    @Test
    void saysInReceivedHowTheLetterCame() throws IOException {
        try (var app = AppConnection.secured(startTlsPort(), TRUST)) {
            assertThat(captured(app, "<jan@dupont.example>")).contains(
                    "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384)\r\n\tby relay.example.org with ESMTPS id ");
            assertThat(captured(app, "<jan@dupont.example> SMTPUTF8")).contains("with UTF8SMTPS id ");
            app.say("HELO app.example");
            assertThat(captured(app, "<jan@dupont.example>")).contains("(using TLSv1.3").contains("with SMTP id ");
        }
        try (var app = AppConnection.greeted(startTlsPort())) {
            assertThat(captured(app, "<jan@dupont.example>")).contains("with ESMTP id ").doesNotContain("using");
        }
        assertThat(journal.await(MailEvent.Accepted.class, 4)).extracting(MailEvent.Accepted::protocol)
                .containsExactly("ESMTPS", "UTF8SMTPS", "SMTP", "ESMTP");
    }

    @Test
    void speaksTlsFromTheFirstOctet() throws IOException {
        try (var app = AppConnection.overTls(implicitPort(), TRUST)) {
            assertThat(app.say("EHLO app.example").toString()).doesNotContain("STARTTLS");
            assertThat(app.say("STARTTLS").toString()).startsWith("503 5.5.1");
            assertThat(captured(app, "<jan@dupont.example>")).contains("with ESMTPS id ");
            assertThat(app.say("QUIT").code()).isEqualTo(221);
            assertThat(app.isClosedByRelay()).isTrue();
        }
    }

    @Test
    void speaksTls12() throws IOException {
        try (var app = AppConnection.silent(implicitPort())) {
            assertThat(app.shakeHands(TestTls.trusting("TLSv1.2")).getCipherSuite())
                    .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
            assertThat(app.reply().code()).isEqualTo(220);
        }
    }

    @Test
    void refusesTls11() throws IOException {
        try (var app = AppConnection.silent(implicitPort())) {
            app.send(OLD_HELLO);
            // An alert, fatal, protocol_version (RFC 8446 §6.2).
            assertThat(app.rest()).startsWith(0x15).endsWith(2, 70).hasSize(7);
        }
        assertThat(journal.await(MailEvent.TlsFailed.class, 1)).extracting(MailEvent.TlsFailed::reason)
                .singleElement().asString().contains("TLSv1.1");
    }

    @Test
    void answersNothingInClearWhereTlsShouldBe() throws IOException {
        try (var app = AppConnection.silent(implicitPort())) {
            app.send("EHLO app.example\r\nMAIL FROM:<eve@example.org>\r\n");
            assertThat(new String(app.rest(), StandardCharsets.ISO_8859_1)).doesNotContain("250", "220", "501");
        }
        // STARTTLS injection, in another packet than STARTTLS.
        try (var app = AppConnection.greeted(startTlsPort())) {
            assertThat(app.say("STARTTLS").code()).isEqualTo(220);
            app.send("RSET\r\nMAIL FROM:<eve@example.org>\r\n");
            assertThat(new String(app.rest(), StandardCharsets.ISO_8859_1)).doesNotContain("250", "220", "501");
        }
        assertThat(journal.await(MailEvent.TlsFailed.class, 2)).hasSize(2);
    }

    @Test
    void cutsSilentAppsAndServesTheOthersMeanwhile() throws IOException {
        try (var silent = AppConnection.silent(implicitPort());
                var silentBehindStartTls = AppConnection.greeted(startTlsPort())) {
            assertThat(silentBehindStartTls.say("STARTTLS").code()).isEqualTo(220);
            try (var app = AppConnection.overTls(implicitPort(), TRUST)) {
                assertThat(app.say("NOOP").code()).isEqualTo(250);
            }
            assertThat(silent.rest()).isEmpty();
            assertThat(silentBehindStartTls.rest()).isEmpty();
        }
        assertThat(journal.await(MailEvent.TlsFailed.class, 2)).extracting(MailEvent.TlsFailed::reason)
                .containsOnly("not over within 1000 ms");
    }

    @Test
    void answersABatchInOneRecord() throws IOException {
        try (var app = AppConnection.secured(startTlsPort(), TRUST)) {
            app.send("MAIL FROM:<jan@dupont.example>\r\nRCPT TO:<client@example.com>\r\nRSET\r\nNOOP\r\n");
            assertThat(app.record().lines()).hasSize(4).allMatch(line -> line.startsWith("250 "));
        }
    }

    @Test
    void takesABigLetter() throws IOException {
        var lines = IntStream.range(0, 200_000).mapToObj(number -> "." + number + " of many lines\r\n").toList();
        var letter = "Subject: big\r\n\r\n" + String.join("", lines);
        try (var app = AppConnection.overTls(implicitPort(), TRUST)) {
            app.say("EHLO app.example");
            assertThat(captured(app, "<jan@dupont.example>", letter)).endsWith("\r\n\r\n" + String.join("", lines));
        }
    }

    @Test
    void showsTheNewCertificateAndKeepsOldSessions() throws Exception {
        try (var old = AppConnection.secured(startTlsPort(), TRUST)) {
            relay.configuredWith(
                    "listeners",
                    LISTENERS,
                    "limits: { handshake-timeout: 1s }\n" + TestTls.section("rsa.pem", "rsa-pkcs1.key"));
            assertThat(daemon.reload()).isInstanceOf(ReloadResult.Applied.class);

            assertThat(captured(old, "<jan@dupont.example>")).contains("ESMTPS");
            try (var app = AppConnection.silent(implicitPort())) {
                assertThat(app.shakeHands(TRUST).getPeerCertificates()[0]).isEqualTo(TestTls.certificate("rsa.pem"));
            }
        }
    }

    @Test
    void saysGoodbyeOverTlsAtAStop() throws IOException {
        try (var idle = AppConnection.secured(startTlsPort(), TRUST);
                var busy = AppConnection.overTls(implicitPort(), TRUST)) {
            busy.say("EHLO app.example");
            busy.say("MAIL FROM:<jan@dupont.example>");
            busy.say("RCPT TO:<client@example.com>");
            assertThat(busy.say("DATA").code()).isEqualTo(354);
            busy.send("Subject: in time\r\n\r\nfirst half\r\n");

            var stop = Thread.ofVirtual().start(daemon::close);

            assertThat(idle.reply().toString()).startsWith("421 4.3.2");
            assertThat(idle.isClosedByRelay()).isTrue();
            busy.send("second half\r\n.\r\n");
            assertThat(busy.reply().toString()).startsWith("250 2.0.0 Ok: queued as ");
            assertThat(busy.reply().toString()).startsWith("421 4.3.2");
            assertThat(stop).satisfies(Thread::join);
        }
    }

    @Test
    void stopsWithoutWaitingForSilentApps() throws Exception {
        try (var silent = AppConnection.silent(implicitPort());
                var silentBehindStartTls = AppConnection.greeted(startTlsPort())) {
            assertThat(silentBehindStartTls.say("STARTTLS").code()).isEqualTo(220);
            assertThat(Thread.ofVirtual().start(daemon::close).join(Duration.ofSeconds(10))).isTrue();
            assertThat(silent.rest()).isEmpty();
        }
    }

    private String captured(AppConnection app, String mailArguments) throws IOException {
        return captured(app, mailArguments, "Subject: hello\r\n\r\nhello\r\n");
    }

    /// Submits a letter; the octets that were captured of it.
    private String captured(AppConnection app, String mailArguments, String letter) throws IOException {
        var reply = app.submit(mailArguments, List.of("client@example.com"), letter.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(reply.toString()).startsWith("250 2.0.0 Ok: queued as ");
        var file = relay.state().resolve("captured").resolve(reply.text().replace("Ok: queued as ", "") + ".eml");
        Awaitility.await().until(() -> Files.exists(file));
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
}
