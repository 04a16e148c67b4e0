package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.junit.FacteurExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A recipient that the upstream refuses gets the letter back to the app's own reverse-path; the others get the letter.
final class BounceIT {
    private static final byte[] LETTER =
            "From: jan@dupont.example\r\nX-Context: task\r\nSubject: bounce me\r\n\r\nsecret body\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestTime time = new TestTime();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @RegisterExtension
    final FacteurExtension facteur = FacteurExtension.create()
            .office("dupont", RelayFolder.DUPONT)
            .trusting("dupont.example")
            .relayingTo(upstream::port)
            .time(time);

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void givesBackWhatTheUpstreamRefuses() throws Exception {
        upstream.when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user here"));
        submit("<jan@dupont.example>", "client@example.com", "gone@example.com");

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
        assertThat(facteur.awaitEvents(MailEvent.Bounced.class, 1)).hasSize(1);
    }

    @Test
    void givesBackWhatHasWaitedTooLong() throws Exception {
        upstream.when("RCPT TO:<client@", Act.say("451 4.3.0 later"));
        submit("<jan@dupont.example>", "client@example.com");
        facteur.awaitEvents(MailEvent.Deferred.class, 1);

        time.advance(Duration.ofDays(5));
        assertThat(facteur.awaitLetters(1).getFirst().body()).contains("Delivery time expired, last: 451 4.3.0 later");
    }

    @Test
    void neverAnswersABounce() throws Exception {
        upstream.when("RCPT TO:<gone@", Act.say("550 5.1.1 no such user here"));
        submit("<>", "gone@example.com");

        assertThat(facteur.awaitEvents(MailEvent.Dropped.class, 1).getFirst().recipients()).containsExactly("gone@example.com");
        assertThat(upstream.letters()).isEmpty();
    }

    private void submit(String reversePath, String... recipients) throws IOException {
        try (var app = AppConnection.greeted(facteur.port())) {
            assertThat(app.submit(reversePath, List.of(recipients), LETTER).code()).isEqualTo(250);
        }
    }
}
