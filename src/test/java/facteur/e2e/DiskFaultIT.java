package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.relay.Daemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that doesn't keep what it is given. The kernel itself refuses the fsync: a device stands where the body was.
final class DiskFaultIT {
    private static final String LARGE = "Subject: invoice\r\n\r\n" + "x".repeat(70).concat("\r\n").repeat(100);

    @TempDir
    private Path temp;

    @Test
    void takesNothingAfterARefusedFsyncUntilItIsStartedAgain() throws Exception {
        try (var upstream = ScriptedUpstream.start()) {
            var relay = new RelayFolder(temp)
                    .office("dupont", RelayFolder.DUPONT)
                    .relayingTo(upstream.port(), "limits: { body-in-memory: 1KB }\n");
            try (var daemon = relay.start(new RecordingJournal());
                    var app = connect(daemon)) {
                app.say("MAIL FROM:<jan@dupont.example>");
                app.say("RCPT TO:<client@example.com>");
                app.say("DATA");
                app.send("From: jan@dupont.example\r\n" + LARGE);
                var body = await().until(() -> arriving(relay), files -> !files.isEmpty()).getFirst();
                Files.delete(body);
                Files.createSymbolicLink(body, Path.of("/dev/null"));

                assertThat(app.say(".").toString()).startsWith("452 4.3.1 ");
                assertThat(submit(app, "Subject: small\r\n\r\nsmall\r\n")).startsWith("452 4.3.1 ");
                assertThat(AdminPort.of(relay).get("/health/ready")).startsWith("HTTP/1.1 503 ").contains("until restarted");
                assertThat(AdminPort.of(relay).get("/health/live")).startsWith("HTTP/1.1 200 ");
            }
            try (var daemon = relay.start(new RecordingJournal());
                    var app = connect(daemon)) {
                assertThat(AdminPort.of(relay).get("/health/ready")).startsWith("HTTP/1.1 200 ");
                assertThat(submit(app, LARGE)).startsWith("250 ");
                assertThat(upstream.awaitLetters(1)).hasSize(1);
            }
        }
    }

    private static AppConnection connect(Daemon daemon) throws IOException {
        return AppConnection.greeted(daemon.ports().getFirst());
    }

    private static String submit(AppConnection app, String letter) throws IOException {
        var octets = ("From: jan@dupont.example\r\n" + letter).getBytes(StandardCharsets.US_ASCII);
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), octets).toString();
    }

    private static List<Path> arriving(RelayFolder relay) throws IOException {
        try (var files = Files.list(relay.state().resolve("incoming"))) {
            return files.toList();
        }
    }
}
