package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each limit on what an app may ask, reached: the reply, the event, and what still works.
@Timeout(60)
final class LimitsIT {
    private static final String LETTER = "From: jan@dupont.example\r\n\r\nhello\r\n";

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void connectionsOfOneClient() throws Exception {
        try (var relay = relay("connections-per-client: 3")) {
            var open = new ArrayList<AppConnection>();
            for (var i = 0; i < 3; i++) {
                open.add(AppConnection.greeted(port(relay)));
            }
            assertTurnedAway(relay, "421 4.3.2 ");
            assertThat(limits()).containsExactly("connections-per-client");
            open.getFirst().say("QUIT");
            Awaitility.await().untilAsserted(() -> AppConnection.greeted(port(relay)).close());
            for (var app : open) {
                app.close();
            }
        }
    }

    @Test
    void connectionsInAll() throws Exception {
        try (var relay = relay("connections: 2");
                var first = AppConnection.greeted(port(relay));
                var second = AppConnection.greeted(port(relay))) {
            assertTurnedAway(relay, "421 4.3.2 ");
            assertThat(limits()).containsExactly("connections");
            assertThat(submit(first)).startsWith("250 ");
            assertThat(submit(second)).startsWith("250 ");
        }
    }

    @Test
    void lettersOnOneConnection() throws Exception {
        try (var relay = relay("letters-per-connection: 2"); var app = AppConnection.greeted(port(relay))) {
            assertThat(submit(app)).startsWith("250 ");
            assertThat(submit(app)).startsWith("250 ");
            assertThat(submit(app)).startsWith("421 4.7.0 Too many letters");
            assertThat(app.isClosedByRelay()).isTrue();
            assertThat(limits()).containsExactly("letters-per-connection");
        }
    }

    @Test
    void lettersOfOneAppWithinAMinute() throws Exception {
        try (var relay = relay("letters-per-minute: 2");
                var app = AppConnection.greeted(port(relay));
                var other = AppConnection.greeted(port(relay))) {
            assertThat(submit(app)).startsWith("250 ");
            assertThat(submit(other)).startsWith("250 ");
            assertThat(submit(app)).startsWith("450 4.7.1 ");
            assertThat(limits()).containsExactly("letters-per-minute");
            time.advance(Duration.ofSeconds(30));
            assertThat(submit(app)).startsWith("250 ");
        }
    }

    @Test
    void recipientsOfOneAppWithinAMinute() throws Exception {
        try (var relay = relay("recipients-per-minute: 2"); var app = AppConnection.greeted(port(relay))) {
            app.say("MAIL FROM:<jan@dupont.example>");
            assertThat(app.say("RCPT TO:<a@example.com>").code()).isEqualTo(250);
            assertThat(app.say("RCPT TO:<b@example.com>").code()).isEqualTo(250);
            assertThat(app.say("RCPT TO:<c@example.com>")).hasToString("450 4.7.1 Too much within a minute, try again later");
            assertThat(app.say("DATA").code()).isEqualTo(354);
            app.send(LETTER + ".\r\n");
            assertThat(app.reply().code()).describedAs("those that were taken get it").isEqualTo(250);
            assertThat(limits()).containsExactly("recipients-per-minute");
        }
    }

    @Test
    void refusalsOnOneConnection() throws Exception {
        try (var relay = relay("errors: 5"); var app = AppConnection.greeted(port(relay))) {
            for (var command : List.of("NONSENSE", "DATA", "MAIL FROM:nowhere", "RCPT TO:<x>")) {
                assertThat(app.say(command).isPermanent()).isTrue();
            }
            assertThat(submit(app)).describedAs("a letter taken makes up for them").startsWith("250 ");
            for (var i = 0; i < 4; i++) {
                assertThat(app.say("NONSENSE").code()).isEqualTo(500);
            }
            assertThat(app.say("NONSENSE").code()).isEqualTo(500);
            assertThat(app.reply()).hasToString("421 4.7.0 Too many errors, closing");
            assertThat(app.isClosedByRelay()).isTrue();
        }
    }

    @Test
    void silenceWithinALetter() throws Exception {
        try (var relay = relay("data-timeout: 200ms"); var app = AppConnection.greeted(port(relay))) {
            begin(app);
            app.send("From: jan@dupont.example\r\n\r\nI was going to");
            assertThat(app.reply()).hasToString("421 4.4.2 Timeout, closing");
            assertThat(app.isClosedByRelay()).isTrue();
            assertThat(journal.events(MailEvent.Accepted.class)).isEmpty();
        }
    }

    @Test
    void aLetterThatDrips() throws Exception {
        try (var relay = relay("transaction-time: 300ms"); var app = AppConnection.greeted(port(relay))) {
            begin(app);
            assertThatThrownBy(() -> {
                while (true) {
                    app.send("drop\r\n");
                }
            })
                    .isInstanceOf(IOException.class);
            assertThat(journal.events(MailEvent.Accepted.class)).isEmpty();
        }
    }

    @Test
    void aLetterWithoutEnd() throws Exception {
        try (var relay = relay("message-size: 64KB"); var app = AppConnection.greeted(port(relay))) {
            begin(app);
            var kilobyte = ("x".repeat(1022) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> {
                for (var i = 0; i < 100_000; i++) {
                    app.send(kilobyte);
                }
            })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void repliesThatNobodyReads() throws Exception {
        try (var relay = relay("reply-timeout: 200ms"); var app = AppConnection.greeted(port(relay))) {
            var commands = "NOOP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> {
                while (true) {
                    app.send(commands);
                }
            })
                    .isInstanceOf(IOException.class);
            try (var other = AppConnection.greeted(port(relay))) {
                assertThat(submit(other)).startsWith("250 ");
            }
        }
    }

    private Daemon relay(String limit) {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("limits: { " + limit + " }\n")
                .start(time, journal);
    }

    private static int port(Daemon relay) {
        return relay.ports().getFirst();
    }

    private static void assertTurnedAway(Daemon relay, String reply) throws IOException {
        try (var app = AppConnection.silent(port(relay))) {
            assertThat(app.reply().toString()).startsWith(reply);
            assertThat(app.isClosedByRelay()).isTrue();
        }
    }

    private static void begin(AppConnection app) throws IOException {
        app.say("MAIL FROM:<jan@dupont.example>");
        app.say("RCPT TO:<client@example.com>");
        assertThat(app.say("DATA").code()).isEqualTo(354);
    }

    private static String submit(AppConnection app) throws IOException {
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER.getBytes(StandardCharsets.US_ASCII))
                .toString();
    }

    private List<String> limits() {
        return journal.events(MailEvent.Limited.class).stream().map(MailEvent.Limited::limit).toList();
    }
}
