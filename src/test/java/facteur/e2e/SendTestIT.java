package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `facteur send-test`, against a running relay.
final class SendTestIT {
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void sendsByTheRulesAndTellsWhereToLook() throws Exception {
        var relay = relay("");
        try (var daemon = relay.start(journal)) {
            var ended = send(daemon, "", "--office", "dupont", "--context", "invoice", "--relation", "R-1042",
                    "--sender", "J\u00e9r\u00f4me <jan@dupont.example>", "--subject", "\u00e9t\u00e9", "--to",
                    "client@example.com,other@example.com");

            assertThat(ended.err()).isEmpty();
            var id = journal.await(MailEvent.Accepted.class, 1).getFirst().id();
            assertThat(ended.out()).isEqualTo("250 2.0.0 Ok: queued as " + id + "\nTo follow it: facteur queue show " + id + "\n");
            assertThat(ended.exitCode()).isZero();
            var letter = relay.state().resolve("captured/" + id + ".eml");
            await().until(() -> Files.exists(letter.resolveSibling(id + ".json")));
            assertThat(Files.readString(letter))
                    .contains(
                            "From: Cabinet Dupont SRL <office@dupont.example>\r\n",
                            "Reply-To: An Peeters <an@dupont.example>\r\n",
                            "Subject: =?UTF-8?",
                            "This is a test letter of facteur")
                    .doesNotContain("X-Context", "X-Relation-Id", "X-Office-Id");
            assertThat(Files.readString(letter.resolveSibling(id + ".json"))).contains("client@example.com", "other@example.com");

            assertThat(send(daemon, "", "--to", "client@example.com").exitCode()).isZero();
            assertThat(journal.await(MailEvent.Accepted.class, 2).getLast().replyToRule()).isEqualTo("general.company");
        }
    }

    @Test
    void saysWhyALetterIsNotTaken() throws Exception {
        try (var daemon = relay("limits: { recipients: 100 }\n").start(journal)) {
            var ended = send(daemon, "", "--office", "unknown", "--to", "client@example.com");
            assertThat(ended.exitCode()).isEqualTo(65);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).startsWith("facteur: client@example.com: refused at end-of-data: 550 5.7.1 ");
        }
        assertThat(run("", "--listener", "127.0.0.1:1", "--to", "client@example.com").exitCode()).isEqualTo(69);
    }

    @Test
    void knowsItsWayAroundTheCommandLine() throws Exception {
        relay("");
        assertThat(run("", "--office", "dupont").exitCode()).isEqualTo(64);
        assertThat(run("", "--to", "nowhere").exitCode()).isEqualTo(64);
        assertThat(run("", "--to", "client@example.com", "--sender", "a, b").exitCode()).isEqualTo(64);
        assertThat(run("", "--to", "client@example.com", "--listener", "here").exitCode()).isEqualTo(64);
        var ended = run("", "--to", "client@example.com");
        assertThat(ended.exitCode()).isEqualTo(65);
        assertThat(ended.err()).contains("--listener is required");
    }

    @Test
    void logsInOverTlsOnlyToTheRelayItself() throws Exception {
        var tls = TestTls.section("relay.pem", "relay-pkcs8.key");
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configuredWith(
                Map.of(
                        "apps", RelayFolder.LOGIN,
                        "listeners", "[{ address: \"127.0.0.1:0\", tls: starttls-required }]"),
                tls);
        Files.writeString(folder.resolve("password"), "sesame\n");
        try (var daemon = relay.start(journal)) {
            assertThat(send(daemon, "", "--to", "client@example.com").exitCode()).isEqualTo(77);
            assertThat(send(daemon, "sesame\n", "--login", "suite", "--to", "client@example.com").exitCode()).isZero();
            var file = send(daemon, "", "--login", "suite", "--password-file", folder.resolve("password").toString(), "--to", "client@example.com");
            assertThat(file.exitCode()).isZero();
            assertThat(journal.await(MailEvent.Accepted.class, 2)).extracting(MailEvent.Accepted::protocol).containsOnly("ESMTPSA");

            var wrong = send(daemon, "guess\n", "--login", "suite", "--to", "client@example.com");
            assertThat(wrong.exitCode()).isEqualTo(77);
            assertThat(wrong.err()).contains("failed at auth: 535 5.7.8").doesNotContain("guess");
            var stranger = send(daemon, "sesame\n", "--login", "suite", "--certificate-name", "smtp.example.net", "--to", "client@example.com");
            assertThat(stranger.exitCode()).isEqualTo(76);
            assertThat(stranger.err()).contains("failed at tls: ").contains("smtp.example.net");
        }
    }

    private RelayFolder relay(String lines) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured(lines);
    }

    private Ended send(Daemon daemon, String input, String... words) throws Exception {
        var all = new ArrayList<>(List.of("--listener", "127.0.0.1:" + daemon.ports().getFirst()));
        all.addAll(List.of(words));
        return run(input, all.toArray(String[]::new));
    }

    private Ended run(String input, String... words) throws Exception {
        return Command.runWithInput(input, folder.resolve("facteur.yaml"),
                Stream.concat(Stream.of("send-test"), Stream.of(words)).toArray(String[]::new));
    }
}
