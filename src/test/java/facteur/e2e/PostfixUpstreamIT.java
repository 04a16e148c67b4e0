package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.AppConnection;
import facteur.fixture.Postfix;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Postfix as the smarthost: TLS is required, asks for a certificate, and mail is taken after a login only.
final class PostfixUpstreamIT {
    private static final Path SASLPASSWD = Path.of("/usr/sbin/saslpasswd2");
    private static final Path UPSTREAM = Path.of("src/test/resources/upstream/postfix").toAbsolutePath();
    private static final byte[] LETTER = "From: jan@dupont.example\r\nSubject: Facture\r\n\r\n.caf\u00e9\r\n.\r\nend\r\n"
            .getBytes(StandardCharsets.ISO_8859_1);

    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    private int port;
    private Postfix postfix;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Postfix.isHere(), "no Postfix, or not root");
        assumeTrue(Files.isExecutable(SASLPASSWD), "no saslpasswd2: install sasl2-bin");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var own = Files.createDirectory(folder.resolve("postfix"));
        var sasl = Files.createDirectory(own.resolve("sasl"));
        Files.writeString(
                sasl.resolve("smtpd.conf"),
                Files.readString(UPSTREAM.resolve("smtpd.conf")).replace("FOLDER", own.toString()));
        var logins = own.resolve("sasldb2").toString();
        Postfix.run("sesame\n", SASLPASSWD.toString(), "-p", "-c", "-f", logins, "-u", "client.example", "relay");
        Postfix.own("postfix", Path.of(logins));
        Postfix.own("nobody", Files.createDirectory(own.resolve("mail")));
        port = freePort();
        postfix = Postfix.start(
                own,
                Stream.of("main.cf", "master.cf", "mailboxes").map(UPSTREAM::resolve).toList(),
                Map.of(
                        "PORT", Integer.toString(port),
                        "CERTIFICATE", TestTls.file("relay.pem").toString(),
                        "KEY", TestTls.file("relay-pkcs8.key").toString(),
                        "CA", TestTls.file("ca.pem").toString()));
    }

    @AfterEach
    void stop() throws Exception {
        if (postfix != null) {
            postfix.close();
        }
    }

    @Test
    void takesEightBitLettersForManyWhileOneIsRefusedInTheMiddle() throws Exception {
        var recipients = IntStream.range(0, 120).mapToObj(i -> i == 70 ? "gone@client.example" : "r" + i + "@client.example").toList();
        try (var relay = relay();
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            assertThat(app.submit("<> BODY=8BITMIME", recipients, LETTER).code()).isEqualTo(250);

            assertThat(journal.await(MailEvent.Relayed.class, 119)).allSatisfy(event -> {
                assertThat(event.peer()).isEqualTo("localhost[127.0.0.1]:" + port);
                assertThat(event.tls()).matches("TLSv1\\.3 with cipher TLS_AES_\\w+");
                assertThat(event.reply()).startsWith("250 2.0.0 Ok: queued as ");
            });
            assertThat(journal.events(MailEvent.Failed.class)).singleElement().satisfies(event -> {
                assertThat(event.recipient()).isEqualTo("gone@client.example");
                assertThat(event.stage()).isEqualTo("rcpt");
                assertThat(event.reply()).startsWith("550 5.1.1 <gone@client.example>: Recipient address rejected");
            });
            assertThat(arrived(119).getFirst())
                    .endsWith("\n\n.caf\u00e9\n.\nend\n")
                    .containsPattern("using TLSv1\\.3 with cipher TLS_AES_\\w+")
                    .contains("(Client CN \"app.example\", Issuer \"Test authority\" (verified OK))")
                    .contains("(Authenticated sender: relay");
        }
    }

    @Test
    void hearsWhatTheAppWantsReported() throws Exception {
        try (var relay = relay();
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            assertThat(app.say("MAIL FROM:<jan@client.example> RET=HDRS ENVID=QQ+20314159").code()).isEqualTo(250);
            assertThat(app.say("RCPT TO:<an@client.example> NOTIFY=SUCCESS ORCPT=rfc822;old+2Ban@client.example").code()).isEqualTo(250);
            assertThat(app.say("DATA").code()).isEqualTo(354);
            app.send("From: jan@dupont.example\r\nSubject: Facture\r\n\r\nsecret\r\n");
            assertThat(app.say(".").code()).isEqualTo(250);

            // The letter, and the report to the reverse-path that it left with.
            var report = arrived(2).stream().filter(letter -> letter.contains("multipart/report")).findFirst().orElseThrow();
            assertThat(report)
                    .contains("Original-Envelope-Id: QQ 314159")
                    .contains("Original-Recipient: rfc822;old+an@client.example")
                    .contains("Final-Recipient: rfc822; an@client.example")
                    .contains("Action: delivered")
                    .contains("Delivered-To: bounces@client.example")
                    .doesNotContain("secret");
            assertThat(journal.events(MailEvent.Confirmed.class)).isEmpty();
        }
    }

    @Test
    void goesOnAfterItWasStartedAnew() throws Exception {
        try (var relay = relay()) {
            submit(relay);
            journal.await(MailEvent.Relayed.class, 1);
            // A delivery that its stop cuts short is tried again after minutes.
            var _ = arrived(1);

            postfix.stop();
            postfix.startAgain();
            Awaitility.await().untilAsserted(() -> assertThat(postfix.log().split("daemon started", -1)).hasSize(3));
            submit(relay);
            journal.await(MailEvent.Relayed.class, 2);
            assertThat(journal.events(MailEvent.Deferred.class)).as("that the idle connection was dead").isEmpty();
            var _ = arrived(2);

            postfix.stop();
            submit(relay);
            journal.await(MailEvent.UpstreamFailed.class, 1);
            postfix.startAgain();
            journal.await(MailEvent.UpstreamRecovered.class, 1);
            journal.await(MailEvent.Relayed.class, 3);
            assertThat(arrived(3)).hasSize(3);
        }
    }

    private Daemon relay() {
        return new RelayFolder(folder.resolve("relay")).office("dupont", RelayFolder.DUPONT).configured("""
                delivery: { reverse-path: bounces@client.example }
                upstreams:
                  - name: postfix
                    kind: smtp
                    address: "localhost:%d"
                    tls: starttls-required
                    trust: "%s"
                    certificate: "%s"
                    key: "%s"
                    login: relay@client.example
                    password: sesame
                """.formatted(port, TestTls.file("ca.pem"), TestTls.file("client.pem"), TestTls.file("client.key"))).start(journal);
    }

    private static void submit(Daemon relay) throws IOException {
        try (var app = AppConnection.greeted(relay.ports().getFirst())) {
            assertThat(app.submit("<jan@client.example>", List.of("an@client.example"), LETTER).code()).isEqualTo(250);
        }
    }

    /// The letters in the mailbox, as soon as there are so many.
    private List<String> arrived(int count) throws IOException {
        var mailbox = folder.resolve("postfix/mail/inbox/new");
        Awaitility.await().until(() -> Files.isDirectory(mailbox) && Objects.requireNonNull(mailbox.toFile().list()).length == count);
        try (var files = Files.list(mailbox)) {
            return files.map(PostfixUpstreamIT::text).toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Postfix can't choose one of its own.
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
