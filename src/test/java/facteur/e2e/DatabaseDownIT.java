package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AppConnection;
import facteur.fixture.PostgresExtension;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two relays with their spool in one PostgreSQL, which goes away and comes back: apps are asked to come again, and nothing is
/// lost, without a restart.
@Timeout(120)
final class DatabaseDownIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final int LARGE_LINES = 5_000;

    @TempDir
    private Path temp;

    @Test
    void losesNothingAndRecoversAlone() throws Exception {
        try (var upstream = ScriptedUpstream.start();
                var first = folder("first", upstream).start(new RecordingJournal());
                var second = folder("second", upstream).start(new RecordingJournal());
                var app = AppConnection.greeted(first.ports().getFirst());
                var other = AppConnection.greeted(second.ports().getFirst())) {
            assertThat(submit(app, 0).code()).isEqualTo(250);
            assertThat(submit(other, 1).code()).isEqualTo(250);
            POSTGRES.server().stopImmediately();
            assertThat(submit(app, 2)).hasToString("451 4.3.0 Spool not available, try again later");
            assertThat(submit(other, 3).code()).isEqualTo(451);
            POSTGRES.server().startAgain();
            await().atMost(Duration.ofSeconds(30)).until(() -> submit(app, 4).code() == 250);
            await().atMost(Duration.ofSeconds(30)).until(() -> submit(other, 5).code() == 250);
            var bodies = upstream.awaitLetters(4).stream().map(letter -> letter.body()).toList();
            assertThat(bodies).contains(body(0), body(1), body(4), body(5));
        }
    }

    private RelayFolder folder(String name, ScriptedUpstream upstream) {
        return new RelayFolder(temp.resolve(name))
                .office("dupont", RelayFolder.DUPONT)
                .relayingTo(upstream.port(), "spool: { url: \"" + POSTGRES.url() + "\", user: postgres, timeout: 1s }\n");
    }

    private static Reply submit(AppConnection app, int number) throws IOException {
        var letter = "From: jan@dupont.example\r\nSubject: " + number + "\r\n\r\n" + body(number);
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter.getBytes(StandardCharsets.US_ASCII));
    }

    /// Every other is large.
    private static String body(int number) {
        var text = new StringBuilder("letter " + number + "\r\n");
        IntStream.range(0, number % 2 * LARGE_LINES).forEach(_ -> text.append("x".repeat(70)).append("\r\n"));
        return text.toString();
    }
}
