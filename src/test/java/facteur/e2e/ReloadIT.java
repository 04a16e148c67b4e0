package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.admin.Reloaded;
import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A running daemon takes over a new configuration, or keeps the old one and says why.
final class ReloadIT {
    private static final Reloaded ALL_TAKEN_OVER = new Reloaded.TakenOver(List.of(), List.of());

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
    void addsAnAppAnOfficeAndADomainAndDropsNoConnection() throws IOException {
        try (var daemon = relay.start(journal); var before = AppConnection.greeted(daemon.ports().getFirst())) {
            relay.office("durand", "company: Durand <office@durand.example>\nfrom: { address: office@durand.example }\n")
                    .edited("{ name: local, networks: [127.0.0.0/8], offices: [dupont, '*'] }", "{ name: other, networks: [127.0.0.0/8], offices: [durand] }")
                    .edited("trusted: [dupont.example", "trusted: [dupont.example, durand.example");
            assertThat(daemon.reload()).isEqualTo(ALL_TAKEN_OVER);

            assertThat(accepted(before, "")).extracting(MailEvent.Accepted::app, MailEvent.Accepted::office).containsExactly("local", "dupont");
            try (var after = AppConnection.greeted(daemon.ports().getFirst())) {
                assertThat(accepted(after, ""))
                        .extracting(MailEvent.Accepted::app, MailEvent.Accepted::office, MailEvent.Accepted::fromRule)
                        .containsExactly("other", "durand", "from.office");
            }
            assertThat(accepted(before, "")).extracting(MailEvent.Accepted::app).isEqualTo("local");
        }
    }

    @Test
    void anUnchangedSourceIsAskedAnew() throws IOException {
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(accepted(app, "").replyTo()).isEqualTo("office@dupont.example");
            relay.office("dupont", "company: Dupont <another-address@dupont.example>\n");
            assertThat(accepted(app, "").replyTo()).isEqualTo("office@dupont.example");
            assertThat(daemon.reload()).isEqualTo(ALL_TAKEN_OVER);
            assertThat(accepted(app, "").replyTo()).isEqualTo("another-address@dupont.example");
        }
    }

    @Test
    void aChangedSourceTakesThePlaceOfTheOld() throws IOException {
        new RelayFolder(folder.resolve("elsewhere")).office("dupont", "company: Dupont <elsewhere@dupont.example>\n");
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(accepted(app, "").replyTo()).isEqualTo("office@dupont.example");
            relay.edited("fresh-for: 1h", "files: { directory: elsewhere/offices }");
            assertThat(daemon.reload()).isEqualTo(ALL_TAKEN_OVER);
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
            assertThat(daemon.reload()).isEqualTo(ALL_TAKEN_OVER);
            assertThat(submit(app, hops)).startsWith("250 ");
            relay.edited("hostname:", "contexts: { unknown: refuse }\nhostname:");
            assertThat(daemon.reload()).isEqualTo(ALL_TAKEN_OVER);
            assertThat(submit(app, hops)).startsWith("550 5.7.0");
            // The source has to be told: no office may use the shared address's domain.
            relay.edited("inbox@shared.example", "inbox@changed.example");
            assertThat(daemon.reload()).isEqualTo(ALL_TAKEN_OVER);
            assertThat(submit(app, hops)).startsWith("451 4.3.5");
        }
    }

    @Test
    void aBrokenFileKeepsTheOldAndSaysWhy() throws IOException {
        try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
            relay.edited("[dupont, '*']", "[durand]").edited("hostname:", "nonsense: 1\nhostname:").edited("received-fields: 3", "received-fields: no");
            assertThat(daemon.reload()).isInstanceOfSatisfying(Reloaded.Kept.class, kept -> assertThat(kept.problems())
                    .hasSize(2)
                    .anyMatch(problem -> problem.contains("nonsense: unknown key"))
                    .anyMatch(problem -> problem.contains("limits.received-fields")));
            assertThat(accepted(app, "")).extracting(MailEvent.Accepted::office).isEqualTo("dupont");
            try (var after = AppConnection.greeted(daemon.ports().getFirst())) {
                assertThat(accepted(after, "")).extracting(MailEvent.Accepted::office).isEqualTo("dupont");
            }
            var admin = AdminPort.of(relay);
            assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200 ").contains("kept the old").contains("nonsense: unknown key");
            assertThat(admin.post("/reload")).startsWith("HTTP/1.1 422 ").contains("nonsense: unknown key").contains("received-fields");

            relay.edited("nonsense: 1\n", "").edited("received-fields: no", "received-fields: 4").edited("[durand]", "[dupont, '*']");
            assertThat(admin.post("/reload")).startsWith("HTTP/1.1 200 ").contains("taken over");
            assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200 ").doesNotContain("nonsense");
        }
    }

    @Test
    void namesWhatWaitsForTheNextStart() throws IOException {
        try (var daemon = relay.start(journal)) {
            relay.edited("relay.example.org", "relay2.example.org")
                    .edited("received-fields: 3", "received-fields: 4, connections: 7")
                    .edited("reverse-path: keep", "reverse-path: from, attempts: 9")
                    .edited("127.0.0.1:0\" }]", "127.0.0.1:1\" }]");
            var waits = List.of("delivery.attempts", "hostname", "limits.connections", "listeners[0].address");
            assertThat(daemon.reload()).isEqualTo(new Reloaded.TakenOver(waits, List.of()));
            // Compared with what it was started with, not with the last reload.
            assertThat(daemon.reload()).isEqualTo(new Reloaded.TakenOver(waits, List.of()));
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
