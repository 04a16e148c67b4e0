package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A letter accepted while the upstream is down waits, by the schedule, and is relayed when the upstream is back.
final class UpstreamDownIT {
    private static final byte[] LETTER =
            "From: jan@dupont.example\r\nSubject: patience\r\n\r\nIt can wait.\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TestTime time = new TestTime();
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path folder;

    @Test
    void relaysWhenTheUpstreamReturns() throws Exception {
        var port = portOfNobody();
        try (var relay = folder(port).start(time, journal)) {
            submit(relay.ports().getFirst());
            var deferred = journal.await(MailEvent.Deferred.class, 1).getFirst();
            assertThat(deferred.stage()).isEqualTo("connect");
            assertThat(deferred.attempts()).isZero();
            assertThat(journal.await(MailEvent.UpstreamFailed.class, 1).getFirst().stage()).isEqualTo("connect");
            submit(relay.ports().getFirst());
            time.advance(Duration.ofHours(4));

            var upstream = greenMail(port);
            try {
                time.advance(Duration.ofHours(4));
                assertThat(upstream.waitForIncomingEmail(10_000, 2)).isTrue();
                assertThat(upstream.getReceivedMessages()[0].getSubject()).isEqualTo("patience");
                assertThat(journal.await(MailEvent.Relayed.class, 2).getFirst().recipient()).isEqualTo("client@example.com");
                assertThat(journal.await(MailEvent.UpstreamRecovered.class, 1)).hasSize(1);
                assertThat(journal.events(MailEvent.Deferred.class)).hasSize(2);
                assertThat(journal.events(MailEvent.UpstreamFailed.class)).hasSize(1);
            } finally {
                upstream.stop();
            }
        }
    }

    @Test
    void findsAgainAtStartWhatAStopLeft() throws Exception {
        var port = portOfNobody();
        try (var relay = folder(port).start(time, journal)) {
            submit(relay.ports().getFirst());
            journal.await(MailEvent.Deferred.class, 1);
        }
        var upstream = greenMail(port);
        time.advance(Duration.ofMinutes(1));
        try (var relay = folder(port).start(time, journal)) {
            assertThat(upstream.waitForIncomingEmail(10_000, 1)).isTrue();
            assertThat(relay.ports()).hasSize(1);
        } finally {
            upstream.stop();
        }
    }

    private RelayFolder folder(int port) {
        return new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(port);
    }

    private static void submit(int port) throws Exception {
        try (var app = AppConnection.greeted(port)) {
            assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER).code()).isEqualTo(250);
        }
    }

    /// A port that was free a moment ago, where the upstream will be.
    private static int portOfNobody() {
        var upstream = greenMail(0);
        var port = upstream.getSmtp().getPort();
        upstream.stop();
        return port;
    }

    private static GreenMail greenMail(int port) {
        var upstream = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        upstream.start();
        return upstream;
    }
}
