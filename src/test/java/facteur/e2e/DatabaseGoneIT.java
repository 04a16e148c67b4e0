package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.Act;
import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TakenLetter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A packaged relay whose database is taken away under it. Nothing that got a 250 is lost.
final class DatabaseGoneIT {
    private static final int LETTERS = 6;
    private static final int CANNOT_CREATE = 73;

    /// Over 256 KB: it lies in a file of its own.
    private static final String LARGE = ("x".repeat(76) + "\r\n").repeat(4_000);

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private RelayFolder relay;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
        upstream.when("CONNECT", Act.say("421 4.3.2 not now"));
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port());
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static String submit(AppConnection app, int number) throws IOException {
        var body = "letter " + number + "\r\n" + (number % 3 == 0 ? LARGE : "");
        var letter = ("From: jan@dupont.example\r\nSubject: " + number + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
        return app.submit("<jan@dupont.example>", List.of("client@example.com"), letter).toString();
    }

    private void fill(AppConnection app) throws IOException {
        for (var i = 0; i < LETTERS; i++) {
            assertThat(submit(app, i)).startsWith("250 ");
        }
    }

    private void requireNothingTaken(PackagedRelay running, AppConnection app) throws IOException {
        for (var i = 0; i < 4; i++) {
            assertThat(submit(app, LETTERS + i)).startsWith("452 4.3.1 ");
        }
        assertThat(AdminPort.of(relay).get("/health/ready")).startsWith("HTTP/1.1 503 ").contains("put back");
        await().until(() -> running.said().contains("event=spool-trouble"));
    }

    private void requireAllFound() throws Exception {
        upstream.when("CONNECT", Act.say("220 upstream.example ready"));
        try (var running = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(running.port())) {
            assertThat(upstream.awaitLetters(LETTERS)).extracting(TakenLetter::body).allMatch(body -> body.startsWith("letter "));
            assertThat(submit(app, LETTERS)).startsWith("250 ");
            assertThat(upstream.awaitLetters(LETTERS + 1)).hasSize(LETTERS + 1);
        }
    }

    @Test
    void losesNothingWhenTheLogIsDeletedAndTheProcessKilled() throws Exception {
        try (var running = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(running.port())) {
            fill(app);
            Files.delete(relay.state().resolve("facteur.db-wal"));
            requireNothingTaken(running, app);
            running.kill();
        }
        requireAllFound();
    }

    @Test
    void startsWithNoOtherDatabaseThanTheOneOfItsLetters() throws Exception {
        var database = relay.state().resolve("facteur.db");
        var elsewhere = relay.state().resolve("facteur.db.repair");
        try (var running = PackagedRelay.run(relay.config()); var app = AppConnection.greeted(running.port())) {
            fill(app);
            Files.move(database, elsewhere);
            requireNothingTaken(running, app);
            running.kill();
        }
        var start = PackagedRelay.command("run", "--config", relay.config().toString()).redirectErrorStream(true).start();
        assertThat(new String(start.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("there is no database", "Put facteur.db back");
        assertThat(start.waitFor()).isEqualTo(CANNOT_CREATE);
        assertThat(database).doesNotExist();
        Files.move(elsewhere, database);
        requireAllFound();
    }
}
