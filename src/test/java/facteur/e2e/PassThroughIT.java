package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In pass-through the app hears what the upstream says.
final class PassThroughIT {
    private static final byte[] LETTER =
            "From: jan@dupont.example\r\nSubject: at once\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NAMED =
            "From: jan@dupont.example\r\nX-Letter-Key: invoice-7\r\n\r\nbody\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void anAcceptedLetterIsQueued() throws Exception {
        try (var relay = relay("2m").start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            assertThat(submit(app, "client@example.com")).startsWith("250 2.0.0 Ok: queued as");
            assertThat(upstream.letters()).hasSize(1);
        }
    }

    @Test
    void aLetterRefusedAtTheDotIsRefusedToTheApp() throws Exception {
        try (var relay = relay("2m").start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.once(".", Act.say("554 5.7.1 looks like spam"));
            assertThat(submit(app, "client@example.com", "other@example.com")).isEqualTo("554 5.7.1 looks like spam");
            assertThat(journal.await(MailEvent.Refused.class, 1)).hasSize(1);
        }
    }

    @Test
    void anUnknownRecipientIsRefusedToTheApp() throws Exception {
        try (var relay = relay("2m").start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user here"));
            assertThat(submit(app, "gone@example.com")).isEqualTo("550 5.1.1 no such user here");
            assertThat(journal.await(MailEvent.Refused.class, 1)).hasSize(1);
            assertThat(journal.events(MailEvent.Bounced.class)).isEmpty();
        }
    }

    @Test
    void oneUnknownRecipientOfTwoBounces() throws Exception {
        try (var relay = relay("2m").start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user here"));
            assertThat(submit(app, "client@example.com", "gone@example.com")).startsWith("250 2.0.0 Ok: queued as");
            assertThat(journal.await(MailEvent.Bounced.class, 1)).hasSize(1);
        }
    }

    @Test
    void aDeferredLetterIsQueued() throws Exception {
        try (var relay = relay("2m").start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.once("RCPT", Act.say("451 4.3.0 later"));
            assertThat(submit(app, "client@example.com")).startsWith("250 2.0.0 Ok: queued as");
            assertThat(journal.await(MailEvent.Deferred.class, 1)).hasSize(1);
        }
    }

    @Test
    void aLetterIsQueuedWhileTheUpstreamCloses() throws Exception {
        try (var relay = relay("2m").start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.once("MAIL", Act.sayAndDrop("421 4.3.2 closing")).when("CONNECT", Act.sayAndDrop("421 4.3.2 closed"));
            assertThat(submit(app, "client@example.com")).startsWith("250 2.0.0 Ok: queued as");
            journal.await(MailEvent.UpstreamFailed.class, 1);
        }
    }

    @Test
    void sendsOneCopyWhenTheAppIsToldBeforeTheUpstreamAnswers() throws Exception {
        upstream.when(".", Act.stall());
        try (var relay = relay("100ms").start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            assertThat(submit(app, "client@example.com")).startsWith("250 2.0.0 Ok: queued as");
            upstream.awaitLetters(1);
            assertThat(journal.events(MailEvent.Relayed.class)).isEmpty();
        }
        // The reply to the dot never came: that is the doubt of RFC 1047, and no haste of ours.
        assertThat(journal.events(MailEvent.InDoubt.class)).hasSize(1);
        assertThat(upstream.letters()).hasSize(1);
    }

    /// Its app has timed out and sends it again, on another connection, while the upstream still thinks about the first.
    @ParameterizedTest
    @CsvSource({"250 2.0.0 taken, 1", "554 5.7.1 looks like spam, 2"})
    void aLetterThatComesAgainWaitsForTheAnswerToTheFirst(String answer, int copies) throws Exception {
        var isReady = new CountDownLatch(1);
        upstream.once(".", Act.sayWhen(isReady, answer));
        try (var relay = relay("2m").start(time, journal)) {
            var port = relay.ports().getFirst();
            var first = CompletableFuture.supplyAsync(() -> submitted(port, NAMED), Thread::startVirtualThread);
            upstream.awaitLetters(1);
            var second = CompletableFuture.supplyAsync(() -> submitted(port, NAMED), Thread::startVirtualThread);
            isReady.countDown();
            assertThat(second.join()).startsWith("250 2.0.0 Ok: queued as");
            assertThat(first.join()).startsWith(answer.substring(0, 3)).matches(said -> copies == 2 || said.equals(second.join()));
            assertThat(upstream.letters()).hasSize(copies);
        }
    }

    @Test
    void aStopLetsTheAppGoWith250() throws Exception {
        upstream.when("MAIL", Act.stall());
        CompletableFuture<String> reply;
        try (var relay = relay("2m").start(time, journal)) {
            var port = relay.ports().getFirst();
            reply = CompletableFuture.supplyAsync(() -> submitted(port, LETTER));
            upstream.awaitCommand("MAIL");
        }
        assertThat(reply.join()).startsWith("250 2.0.0 Ok: queued as");
        upstream.recover();
        time.advance(Duration.ofMinutes(2));
        try (var again = relay("2m").start(time, journal)) {
            assertThat(again.ports()).hasSize(1);
            assertThat(upstream.awaitLetters(1)).hasSize(1);
        }
    }

    private RelayFolder relay(String timeout) {
        return new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .relayingTo(upstream.port(), "delivery: { accept: pass-through, pass-through-timeout: " + timeout + " }\n");
    }

    private static String submit(AppConnection app, String... recipients) throws IOException {
        return app.submit("<jan@dupont.example>", List.of(recipients), LETTER).toString();
    }

    private static String submitted(int port, byte[] letter) {
        try (var app = AppConnection.greeted(port)) {
            return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
