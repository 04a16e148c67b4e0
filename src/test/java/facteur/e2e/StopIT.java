package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stop lets no letter fall: one that is being received gets its 250, everybody else a 421 (RFC 5321 §3.8).
final class StopIT {
    @TempDir
    private Path folder;

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
            assertThat(accepted.toString()).startsWith("250 2.0.0 queued as ");
            assertThat(busy.reply().toString()).startsWith("421 4.3.2");
            stop.join();

            var id = accepted.text().replace("queued as ", "");
            try (var again = relay.start(new RecordingJournal())) {
                assertThat(again.ports()).hasSize(1);
                Awaitility.await().until(() -> Files.exists(relay.state().resolve("captured").resolve(id + ".eml")));
            }
        } catch (EOFException e) {
            throw new AssertionError("cut instead of answered", e);
        }
    }
}
