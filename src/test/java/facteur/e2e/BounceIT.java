package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recipient that the upstream refuses gets the letter back to the app's own reverse-path; the others get the letter.
final class BounceIT {
    private static final byte[] LETTER =
            "From: jan@dupont.example\r\nX-Context: task\r\nSubject: bounce me\r\n\r\nsecret body\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatTheUpstreamRefuses() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var relay = folder(upstream).start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user here"));
            app.submit("<jan@dupont.example>", List.of("client@example.com", "gone@example.com"), LETTER);

            var letters = upstream.awaitLetters(2);
            assertThat(letters.get(0).recipients()).containsExactly("RCPT TO:<client@example.com>");
            var report = letters.get(1);
            assertThat(report.mail()).startsWith("MAIL FROM:<>");
            assertThat(report.recipients()).containsExactly("RCPT TO:<jan@dupont.example>");
            assertThat(report.data())
                    .contains("Content-Type: multipart/report; report-type=delivery-status;")
                    .contains("Auto-Submitted: auto-replied")
                    .contains("Final-Recipient: rfc822; gone@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                            + "Diagnostic-Code: smtp; 550 5.1.1 no such user here\r\n")
                    .contains("Subject: bounce me")
                    .doesNotContain("secret body", "X-Context");
            assertThat(journal.await(MailEvent.Bounced.class, 1)).hasSize(1);
        }
    }

    @Test
    void givesBackWhatHasWaitedTooLong() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var relay = folder(upstream).start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.when("RCPT TO:<client@", Act.say("451 4.3.0 later"));
            app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER);
            journal.await(MailEvent.Deferred.class, 1);

            time.advance(Duration.ofDays(5));
            assertThat(upstream.awaitLetters(1).getFirst().data()).contains("Delivery time expired, last: 451 4.3.0 later");
        }
    }

    @Test
    void neverAnswersABounce() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var relay = folder(upstream).start(time, journal);
                var app = AppConnection.greeted(relay.ports().getFirst())) {
            upstream.when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user here"));
            app.submit("<>", List.of("gone@example.com"), LETTER);

            assertThat(journal.await(MailEvent.Dropped.class, 1).getFirst().recipients()).containsExactly("gone@example.com");
            assertThat(upstream.letters()).isEmpty();
        }
    }

    private RelayFolder folder(ScriptedUpstream upstream) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port());
    }
}
