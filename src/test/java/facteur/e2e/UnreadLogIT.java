package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.platform.log.LineFormat;
import facteur.platform.log.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With any reader of its output, or none, the relay accepts letters and stops when it is told to.
@Timeout(60)
final class UnreadLogIT {
    private static final Pattern LISTENS = Pattern.compile("listens on 127\\.0\\.0\\.1:(\\d+)");
    private static final int LETTERS = 300;
    private static final byte[] LETTER = "From: jan@dupont.example\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private Path welcome;

    @BeforeEach
    void inThisFolder() {
        welcome = folder.resolve("err");
    }

    /// A pipe holds 64 KB: some hundred letters. What waits is all there, in order, when the pipe is read at last.
    @Test
    void goesOnWhenItsOutputIsNotReadAndLosesNoLine() throws IOException, InterruptedException {
        var process = start();
        try {
            send(LETTERS);
            terminate(process);
            // Once it has been told to end, it is read: no line is lost.
            var said = CompletableFuture.supplyAsync(() -> process.inputReader(StandardCharsets.UTF_8).lines().toList());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            var events = said.join().stream().map(line -> Lines.read(LineFormat.JSON, line)).toList();
            assertThat(events).filteredOn(event -> "accepted".equals(event.get("event")))
                    .hasSize(LETTERS)
                    .extracting(event -> String.valueOf(event.get("ts")))
                    .isSorted();
            assertThat(events.getLast()).containsEntry("msg", "stopped");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void endsWhenItsOutputIsNotRead() throws IOException, InterruptedException {
        var process = start();
        try {
            send(LETTERS);
            terminate(process);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void goesOnWhenItsOutputIsClosed() throws IOException, InterruptedException {
        var process = start();
        try {
            process.getInputStream().close();
            send(20);
            terminate(process);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /// With lines of JSON the welcome is on standard error, so that standard output needn't be read at all.
    private Process start() throws IOException {
        var relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("log: { format: json }\n");
        var process = PackagedRelay.command("run", "--config", relay.config().toString()).redirectError(welcome.toFile()).start();
        await().until(() -> LISTENS.matcher(Files.readString(welcome)).find());
        return process;
    }

    /// SIGTERM. [Process#destroy] would close the pipe, too.
    private static void terminate(Process process) {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    private void send(int letters) throws IOException {
        var matcher = LISTENS.matcher(Files.readString(welcome));
        assertThat(matcher.find()).isTrue();
        try (var app = AppConnection.greeted(Integer.parseInt(matcher.group(1)))) {
            for (var i = 0; i < letters; i++) {
                assertThat(app.submit("<jan@dupont.example>", List.of("zoe@client.example"), LETTER).code()).isEqualTo(250);
            }
        }
    }
}
