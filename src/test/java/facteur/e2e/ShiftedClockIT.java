package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ShiftedClock;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock of a running relay is set: nothing stops, and nothing ends, because of that.
final class ShiftedClockIT {
    private static final byte[] LETTER =
            "From: jan@dupont.example\r\nSubject: patience\r\n\r\nIt can wait.\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    /// A machine starts with a wrong clock and without a network; then both come right.
    @Test
    void relaysOnWhenAClockThatWasAheadIsPutRight() throws Exception {
        var clock = new ShiftedClock(folder);
        clock.set(Duration.ofHours(2));
        var port = freePort();
        try (var relay = relayingTo(port, clock, "")) {
            submit(relay, 1);
            await(relay, "event=upstream-failed");
            clock.set(Duration.ZERO);
            await(relay, "event=clock-jumped direction=back");
            var upstream = greenMail(port);
            try {
                submit(relay, 3);
                assertThat(upstream.waitForIncomingEmail(20_000, 4)).isTrue();
            } finally {
                upstream.stop();
            }
        }
    }

    @Test
    void givesNothingBackWhenTheClockIsSetForwardForDays() throws Exception {
        var clock = new ShiftedClock(folder);
        var port = freePort();
        try (var relay = relayingTo(port, clock, "")) {
            submit(relay, 5);
            await(relay, "event=upstream-failed");
            clock.set(Duration.ofDays(6));
            await(relay, "event=clock-jumped direction=forward");
            // The queue is looked at once more, while nothing can leave.
            submit(relay, 1);
            var upstream = greenMail(port);
            try {
                assertThat(upstream.waitForIncomingEmail(20_000, 6)).as(relay::said).isTrue();
                assertThat(Arrays.stream(upstream.getReceivedMessages()).map(ShiftedClockIT::subject)).containsOnly("patience");
            } finally {
                upstream.stop();
            }
            assertThat(relay.said()).doesNotContain("event=failed", "event=bounced", "event=delay-reported");
        }
    }

    @Test
    void seesChangedSettingsWhenTheClockIsSetBackForDays() throws Exception {
        var clock = new ShiftedClock(folder);
        var upstream = greenMail(0);
        try (var relay = relayingTo(upstream.getSmtp().getPort(), clock, "settings: { fresh-for: 1s }\n")) {
            submit(relay, 1);
            assertThat(upstream.waitForIncomingEmail(20_000, 1)).isTrue();
            clock.set(Duration.ofDays(-3));
            new RelayFolder(folder).office("dupont", RelayFolder.DUPONT.replace("office@dupont.example>", "other@dupont.example>"));
            Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(500)).until(() -> {
                submit(relay, 1);
                return relay.said().contains("other@dupont.example");
            });
        } finally {
            upstream.stop();
        }
    }

    private PackagedRelay relayingTo(int port, ShiftedClock clock, String lines) throws Exception {
        var files = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(port, lines);
        return PackagedRelay.run(files.config(), clock.environment());
    }

    private static void submit(PackagedRelay relay, int letters) throws Exception {
        for (var i = 0; i < letters; i++) {
            try (var app = AppConnection.greeted(relay.port())) {
                assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER).code()).isEqualTo(250);
            }
        }
    }

    private static void await(PackagedRelay relay, String words) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> relay.said().contains(words));
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /// A port that was free a moment ago, where the upstream will be.
    private static int freePort() {
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
