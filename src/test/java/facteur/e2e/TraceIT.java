package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An app's trace goes with its letter.
final class TraceIT {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void isToldAndStaysInTheLetter(@TempDir Path folder) throws IOException {
        var journal = new RecordingJournal();
        try (var upstream = ScriptedUpstream.start();
                var daemon = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port()).start(journal);
                var app = AppConnection.greeted(daemon.ports().getFirst())) {
            for (var field : List.of("traceparent: " + TRACE, "traceparent: " + TRACE + "-forged")) {
                assertThat(app.submit("<jan@dupont.example>", List.of("info@bakker.example"),
                        (field + "\r\nFrom: jan@dupont.example\r\n\r\nHi\r\n").getBytes(StandardCharsets.US_ASCII)).code()).isEqualTo(250);
            }
            assertThat(journal.await(MailEvent.Accepted.class, 2)).extracting(MailEvent.Accepted::traceparent).containsExactly(TRACE, "");
            assertThat(upstream.awaitLetters(2)).allSatisfy(letter -> assertThat(letter.data()).contains("traceparent: " + TRACE));
        }
    }
}
