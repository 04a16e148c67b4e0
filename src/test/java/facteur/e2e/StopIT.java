package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTls;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stop lets no letter fall: one that is being received gets its 250, every other connection a 421 (RFC 5321 §3.8).
final class StopIT {
    @TempDir
    private Path folder;

    @Test
    void doesNotWaitForAnAppThatNeverReadsItsReplies() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configured("limits: { stop-timeout: 500ms }\n");
        var daemon = relay.start(new RecordingJournal());
        try (var deaf = AppConnection.greeted(daemon.ports().getFirst())) {
            var talk = Thread.ofVirtual().start(() -> talkOnAndOn(deaf));
            // It stops when neither side reads any more, which is when the relay is stuck in a reply.
            Awaitility.await().until(() -> talk.getState() == Thread.State.WAITING || talk.getState() == Thread.State.BLOCKED);

            assertThat(Thread.ofVirtual().start(daemon::close).join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void doesNotWaitForAHandshake() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(
                        "listeners", "[{ address: \"127.0.0.1:0\", tls: starttls }]", TestTls.section("relay.pem", "relay-pkcs8.key"));
        var daemon = relay.start(new RecordingJournal());
        try (var app = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(app.say("STARTTLS").code()).isEqualTo(220);

            assertThat(Thread.ofVirtual().start(daemon::close).join(Duration.ofSeconds(10))).isTrue();
            assertThat(app.isClosedByRelay()).isTrue();
        }
    }

    private static void talkOnAndOn(AppConnection app) {
        var lines = "NOOP\r\n".repeat(100_000);
        try {
            for (var i = 0; i < 100; i++) {
                app.send(lines);
            }
        } catch (IOException cut) {
            // As it should be.
        }
    }

    @Test
    void finishesTheLetterThatIsBeingReceived() throws Exception {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        var daemon = relay.start(new RecordingJournal());
        try (var idle = AppConnection.greeted(daemon.ports().getFirst());
                var busy = AppConnection.greeted(daemon.ports().getFirst())) {
            assertThat(busy.say("MAIL FROM:<jan@dupont.example>").code()).isEqualTo(250);
            assertThat(busy.say("RCPT TO:<client@example.com>").code()).isEqualTo(250);
            assertThat(busy.say("DATA").code()).isEqualTo(354);
            busy.send("Subject: in time\r\n\r\nfirst half\r\n");

            var stop = Thread.ofVirtual().start(daemon::close);

            assertThat(idle.reply().toString()).startsWith("421 4.3.2");
            assertThat(idle.isClosedByRelay()).isTrue();
            busy.send("second half\r\n.\r\n");
            var accepted = busy.reply();
            assertThat(accepted.toString()).startsWith("250 2.0.0 Ok: queued as ");
            assertThat(busy.reply().toString()).startsWith("421 4.3.2");
            stop.join();

            var id = accepted.text().replace("Ok: queued as ", "");
            try (var again = relay.start(new RecordingJournal())) {
                assertThat(again.ports()).hasSize(1);
                Awaitility.await().until(() -> Files.exists(relay.state().resolve("captured").resolve(id + ".eml")));
            }
        } catch (EOFException e) {
            throw new AssertionError("cut instead of answered", e);
        }
    }
}
