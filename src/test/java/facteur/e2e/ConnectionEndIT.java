package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a connection ends when it ends in the middle of something.
@Timeout(60)
final class ConnectionEndIT {
    private static final String ENVELOPE = "MAIL FROM:<jan@dupont.example>\r\nRCPT TO:<client@example.com>\r\n";
    private static final String LETTER = "From: jan@dupont.example\r\n\r\nhello\r\n";

    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    /// A header that is too large, so that the letter is refused; the journal then fails.
    @ParameterizedTest
    @ValueSource(strings = {"DATA\r\nA: b\r\n.\r\n", "BDAT 6\r\nA: b\r\n", "BDAT 6 LAST\r\nA: b\r\n"})
    void nothingBehindAFaultOfOursIsCarriedOut(String letter) throws IOException {
        var relay = relay("limits: { header-size: 1B }\n").start(ConnectionEndIT::fail);
        try (relay; var app = AppConnection.greeted(relay.ports().getFirst())) {
            app.send(ENVELOPE + letter + "NOOP\r\n" + ENVELOPE + "DATA\r\n" + LETTER + ".\r\n");

            assertThat(new String(app.rest(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("354")))
                    .containsExactly("250 2.1.0 Sender ok", "250 2.1.5 Recipient ok", "421 4.3.0 Internal error, closing");
        }
    }

    private static void fail(MailEvent event) {
        if (event instanceof MailEvent.Refused) {
            throw new IllegalStateException("a fault of ours");
        }
    }

    @Test
    void takesNoteOfALetterWhoseReplyIsCutOffByAStop() throws Exception {
        var accepted = new CountDownLatch(1);
        var cut = new CountDownLatch(1);
        var relay = relay("limits: { stop-timeout: 100ms }\n").start(event -> {
            if (event instanceof MailEvent.Accepted) {
                accepted.countDown();
                await(cut);
            }
            journal.record(event);
        });
        try (var app = AppConnection.greeted(relay.ports().getFirst())) {
            app.send(ENVELOPE + "DATA\r\n" + LETTER + ".\r\n");
            await(accepted);

            var stop = Thread.ofVirtual().start(relay::close);
            assertThat(app.rest()).isEmpty();
            cut.countDown();

            var lost = journal.await(MailEvent.ReplyLost.class, 1).getFirst();
            assertThat(journal.events(MailEvent.Accepted.class)).extracting(MailEvent.Accepted::id).containsExactly(lost.id());
            stop.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DATA\r\n", "BDAT 100\r\n"})
    void tooManyErrorsBeforeALetterGetOneGoodbye(String command) throws IOException {
        var relay = relay("limits: { errors: 3 }\n").start(journal);
        try (relay; var app = AppConnection.greeted(relay.ports().getFirst())) {
            app.send("WHAT\r\n".repeat(3) + ENVELOPE + command);

            assertThat(new String(app.rest(), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("4")))
                    .containsExactly("421 4.7.0 Too many errors, closing");
        }
    }

    @Test
    void thePackagedRelayLogsNoStackForWhoHangsUp() throws Exception {
        try (var relay = PackagedRelay.run(relay("").config())) {
            for (var command : List.of("BDAT 100\r\nhalf", ENVELOPE + "BDAT 100\r\nhalf", ENVELOPE + "DATA\r\nhalf")) {
                try (var app = AppConnection.greeted(relay.port())) {
                    app.send(command);
                }
            }

            assertThat(relay.stop()).isEqualTo(143);
            assertThat(relay.said()).doesNotContain("Exception");
        }
    }

    private RelayFolder relay(String lines) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured(lines);
    }
}
