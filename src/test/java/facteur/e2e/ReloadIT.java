package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.ReloadResult;
import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running daemon takes over a new configuration, or keeps the old one and says why.
final class ReloadIT {
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void configure() {
        relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("settings: { fresh-for: 1h }\nlimits: { received-fields: 3 }\ndelivery: { reverse-path: keep }\n");
    }

    @Test
    void addsAnAppAnOfficeAndADomainAndDropsOnlyWhoIsNoLongerAdmitted() throws IOException {
        try (var daemon = relay.start(journal); var before = AppConnection.greeted(daemon.ports().getFirst())) {
            relay.office("durand", "company: Durand <office@durand.example>\nfrom: { address: office@durand.example }\n")
                    .edited("{ name: local, networks: [127.0.0.0/8], offices: [dupont, '*'] }",
                            "{ name: other, networks: [127.0.0.0/8], offices: [durand] }")
                    .edited("trusted: [dupont.example", "trusted: [dupont.example, durand.example");
            assertAllTakenOver(daemon);

            try (var after = AppConnection.greeted(daemon.ports().getFirst())) {
                assertThat(accepted(after, ""))
                        .extracting(MailEvent.Accepted::app, MailEvent.Accepted::office, MailEvent.Accepted::fromRule)
                        .containsExactly("other", "durand", "from.office");
            }
            assertThat(submit(before, "")).startsWith("421 4.7.0 ");
        }
    }

    @Test
    void anUnchangedSourceIsAskedAnew() throws IOException {
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(accepted(app, "").replyTo()).isEqualTo("office@dupont.example");
            relay.office("dupont", "company: Dupont <another-address@dupont.example>\n");
            assertThat(accepted(app, "").replyTo()).isEqualTo("office@dupont.example");
            assertAllTakenOver(daemon);
            assertThat(accepted(app, "").replyTo()).isEqualTo("another-address@dupont.example");
        }
    }

    @Test
    void aChangedSourceTakesThePlaceOfTheOld() throws IOException {
        new RelayFolder(folder.resolve("elsewhere")).office("dupont", "company: Dupont <elsewhere@dupont.example>\n");
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(accepted(app, "").replyTo()).isEqualTo("office@dupont.example");
            relay.edited("fresh-for: 1h", "files: { directory: elsewhere/offices }");
            assertAllTakenOver(daemon);
            assertThat(accepted(app, "").replyTo()).isEqualTo("elsewhere@dupont.example");
            assertThat(AdminPort.of(relay).post("/settings/evict")).contains("\"evicted\": 1");
        }
    }

    @Test
    void takesOverAddressesAndLimitsOfLetters() throws IOException {
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            var hops = "Received: x\r\n".repeat(5) + "X-Office-Id: plain\r\nX-Context: nonsense\r\n";
            relay.office("plain", "company: Plain <o@plain.example>\nfrom: { address: o@changed.example }\n");
            assertThat(submit(app, hops)).startsWith("554 5.4.6");
            relay.edited("received-fields: 3", "received-fields: 10");
            assertAllTakenOver(daemon);
            assertThat(submit(app, hops)).startsWith("250 ");
            relay.edited("hostname:", "contexts: { unknown: refuse }\nhostname:");
            assertAllTakenOver(daemon);
            assertThat(submit(app, hops)).startsWith("550 5.7.0");
            // The source has to be told: no office may use the shared address's domain.
            relay.edited("inbox@shared.example", "inbox@changed.example");
            assertAllTakenOver(daemon);
            assertThat(submit(app, hops)).startsWith("451 4.3.5");
        }
    }

    @Test
    void aBrokenFileKeepsTheOldAndSaysWhy() throws IOException {
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            relay.edited("[dupont, '*']", "[durand]").edited("hostname:", "nonsense: 1\nhostname:").edited("received-fields: 3",
                    "received-fields: no");
            assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Refused.class, kept -> assertThat(kept.problems())
                    .hasSize(2)
                    .anyMatch(problem -> problem.contains("nonsense: unknown key"))
                    .anyMatch(problem -> problem.contains("limits.received-fields")));
            assertThat(journal.events(MailEvent.ReloadRefused.class)).singleElement().satisfies(event -> assertThat(event.problems()).hasSize(2));
            assertThat(accepted(app, "")).extracting(MailEvent.Accepted::office).isEqualTo("dupont");
            try (var after = AppConnection.greeted(daemon.ports().getFirst())) {
                assertThat(accepted(after, "")).extracting(MailEvent.Accepted::office).isEqualTo("dupont");
            }
            var admin = AdminPort.of(relay);
            assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200 ").contains("kept the old").contains("nonsense: unknown key")
                    .contains("refusedSince").contains("firstProblem");
            assertThat(admin.post("/reload")).startsWith("HTTP/1.1 422 ").contains("nonsense: unknown key").contains("received-fields");

            relay.edited("nonsense: 1\n", "").edited("received-fields: no", "received-fields: 4").edited("[durand]", "[dupont, '*']");
            assertThat(admin.post("/reload")).startsWith("HTTP/1.1 200 ").contains("taken over");
            assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200 ").doesNotContain("nonsense").doesNotContain("refusedSince");
        }
    }

    @Test
    void namesWhatWaitsForTheNextStart() throws IOException {
        try (var daemon = relay.start(journal)) {
            relay.edited("state: var", "state: elsewhere")
                    .edited("received-fields: 3", "received-fields: 4")
                    .edited("reverse-path: keep", "reverse-path: from }\nspool: { free-space: 16MB");
            var waits = List.of("spool.free-space", "state");
            assertThat(daemon.reload())
                    .isEqualTo(new ReloadResult.Applied(List.of("delivery.reverse-path", "limits.received-fields"), waits, List.of(), List.of()));
            // Compared with what it was started with, not with the last reload.
            assertThat(daemon.reload()).isEqualTo(new ReloadResult.Applied(List.of(), waits, List.of(), List.of()));
            assertThat(journal.events(MailEvent.Reloaded.class))
                    .containsExactly(
                            new MailEvent.Reloaded(List.of("delivery.reverse-path", "limits.received-fields"), waits),
                            new MailEvent.Reloaded(List.of(), waits));
        }
    }

    @Test
    void takesOverTheHostName() throws IOException {
        try (var daemon = relay.start(journal)) {
            relay.edited("relay.example.org", "relay2.example.org");
            assertAllTakenOver(daemon);
            try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
                assertThat(submit(app, "")).startsWith("250 ");
            }
            Awaitility.await().untilAsserted(() -> assertThat(relay.state().resolve("captured"))
                    .isDirectoryContaining(file -> file.toString().endsWith(".eml") && read(file).contains("by relay2.example.org")));
        }
    }

    @Test
    void takesOverHowMuchOfAnAppIsShown() throws IOException {
        relay.edited("hostname:", "received: { client: none }\nhostname:");
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(submit(app, "")).startsWith("250 ");
            relay.edited("client: none", "client: network");
            assertAllTakenOver(daemon);
            assertThat(submit(app, "")).startsWith("250 ");
            Awaitility.await().untilAsserted(() -> assertThat(relay.state().resolve("captured"))
                    .isDirectoryContaining(file -> file.toString().endsWith(".eml")
                            && read(file).contains("Received: from relay.example.org\r\n\tby ") && !read(file).contains("app.example")
                            && !read(file).contains("127.0.0"))
                    .isDirectoryContaining(
                            file -> file.toString().endsWith(".eml") && read(file).contains("Received: from [127.0.0.0] ([127.0.0.0])\r\n\tby ")));
        }
    }

    @Test
    void takesOverHowMuchAnAppMaySendAndForgetsNothing() throws IOException {
        relay.edited("received-fields: 3", "letters-per-minute: 2");
        try (var daemon = relay.start(new TestTime(), journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(submit(app, "")).startsWith("250 ");
            assertThat(submit(app, "")).startsWith("250 ");
            assertAllTakenOver(daemon);
            assertThat(app.say("MAIL FROM:<jan@dupont.example>").code()).isEqualTo(450);
            relay.edited("letters-per-minute: 2", "letters-per-minute: 3");
            assertAllTakenOver(daemon);
            assertThat(submit(app, "")).startsWith("250 ");
            assertThat(app.say("MAIL FROM:<jan@dupont.example>").code()).isEqualTo(450);
        }
    }

    /// A listener whose settings change gives way to another: who is at a letter finishes it, who is idle is told 421.
    @Test
    void listenersGiveWayToOthersAndLettersAreFinished() throws IOException {
        try (var daemon = relay.start(journal);
                var idle = AppConnection.greeted(daemon.ports().getFirst());
                var busy = AppConnection.greeted(daemon.ports().getFirst())) {
            busy.say("MAIL FROM:<jan@dupont.example>");
            busy.say("RCPT TO:<client@example.com>");
            assertThat(busy.say("DATA").code()).isEqualTo(354);
            relay.edited("received-fields: 3", "received-fields: 3, message-size: 70KB");
            assertAllTakenOver(daemon);

            assertThat(idle.reply()).hasToString("421 4.3.2 Shutting down, try again later");
            busy.send("From: jan@dupont.example\r\n\r\nGood day!\r\n.\r\n");
            assertThat(busy.reply().code()).isEqualTo(250);
            try (var app = new AppConnection(daemon.ports().getFirst())) {
                assertThat(app.say("EHLO app.example").lines()).contains("SIZE 71680");
            }
        }
    }

    @Test
    void aListenerWhosePortStaysIsLeftAlone() throws IOException {
        try (var daemon = relay.start(journal); var idle = AppConnection.greeted(daemon.ports().getFirst())) {
            relay.edited("[{ address: \"127.0.0.1:0\" }]", "[{ address: \"127.0.0.1:0\" }, { address: \"127.0.0.1:0\", line-endings: reject }]");
            assertAllTakenOver(daemon);
            assertThat(accepted(idle, "").app()).isEqualTo("local");
            assertThat(daemon.ports()).hasSize(2);
            try (var strict = AppConnection.greeted(daemon.ports().getLast())) {
                assertThat(submit(strict, "X: a\nb: c\r\n")).startsWith("550 5.6.11");
            }
        }
    }

    @Test
    void saysWhichPortCantBeHad() throws IOException {
        try (var daemon = relay.start(journal); var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            relay.edited("[{ address: \"127.0.0.1:0\" }]", "[{ address: \"127.0.0.1:0\" }, { address: \"127.0.0.1:" + taken.getLocalPort() + "\" }]");
            assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Applied.class, outcome -> assertThat(outcome.warnings()).singleElement()
                    .asString().contains("can't listen on 127.0.0.1:" + taken.getLocalPort()));
            assertThat(daemon.ports()).hasSize(1);
        }
    }

    private static void assertAllTakenOver(Daemon daemon) {
        assertThat(daemon.reload()).isInstanceOfSatisfying(ReloadResult.Applied.class, outcome -> {
            assertThat(outcome.atNextStart()).isEmpty();
            assertThat(outcome.warnings()).isEmpty();
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MailEvent.Accepted accepted(AppConnection app, String fields) throws IOException {
        assertThat(submit(app, fields)).startsWith("250 ");
        return journal.events(MailEvent.Accepted.class).getLast();
    }

    private static String submit(AppConnection app, String fields) throws IOException {
        var letter = (fields + "From: Jan Janssens <jan@dupont.example>\r\n\r\nGood day!\r\n").getBytes(StandardCharsets.US_ASCII);
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).toString();
    }
}
