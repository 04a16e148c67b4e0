package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AdminPort;
import facteur.fixture.Command;
import facteur.fixture.CutLink;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.PostgresExtension;
import facteur.fixture.PostgresServer;
import facteur.fixture.RelayFolder;
import facteur.fixture.ServiceSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, started while its database is away.
@Timeout(120)
final class DatabaseLaterIT {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    @TempDir
    private Path temp;

    private RelayFolder relay(String url) {
        return new RelayFolder(temp.resolve("relay"))
                .office("dupont", RelayFolder.DUPONT)
                .configured("spool: { url: \"" + url + "\", user: postgres, timeout: 1s }\n");
    }

    @Test
    void waitsForItAndSaysSo() throws Exception {
        var name = temp.resolve("notify").toString();
        try (var link = CutLink.to(POSTGRES.server().port());
                var socket = ServiceSocket.at(name);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            link.cut();
            var relay = relay(PostgresServer.url(POSTGRES.schema(), link.port()));
            var start = threads.submit(() -> PackagedRelay.run(relay.config(), Map.of("NOTIFY_SOCKET", name)));
            await().atMost(Duration.ofSeconds(20)).until(() -> socket.messages().stream().anyMatch(said -> said.startsWith("EXTEND_TIMEOUT_USEC=")));
            assertThat(socket.messages()).anyMatch(said -> said.startsWith("STATUS=waiting for the database: ")).doesNotContain("READY=1");
            var admin = AdminPort.of(relay);
            assertThat(admin.get("/health/live")).startsWith("HTTP/1.1 200");
            assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 503").contains("\"starting\"").contains("waiting for the database: ");
            assertThat(Command.run(relay.config(), "status").out())
                    .contains("not ready: starting; waiting for the database: ");
            link.restore();
            try (var running = start.get(60, TimeUnit.SECONDS)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> socket.messages().contains("READY=1"));
                assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200");
                assertThat(running.said())
                        .containsOnlyOnce("event=database-failed cause=")
                        .containsOnlyOnce("event=database-recovered down-millis=")
                        .doesNotContain("stack=");
                assertThat(running.stop()).isEqualTo(143);
            }
        }
    }

    @Test
    void stopsWaitingWhenItIsTold() throws Exception {
        try (var link = CutLink.to(POSTGRES.server().port())) {
            link.cut();
            var relay = relay(PostgresServer.url(POSTGRES.schema(), link.port()));
            var process = PackagedRelay.command("run", "--config", relay.config().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                await().atMost(Duration.ofSeconds(20)).until(() -> isWaiting(relay));
                process.destroy();
                assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isEqualTo(143);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static boolean isWaiting(RelayFolder relay) throws IOException {
        return Files.exists(relay.state().resolve("admin")) && AdminPort.of(relay).get("/health/ready").contains("waiting for the database");
    }

    /// Waiting wouldn't help.
    @Test
    void refusesADatabaseThatIsNotOne() throws Exception {
        var relay = relay(POSTGRES.url().replace("/postgres?", "/nosuch?"));
        var ended = Ended.of(PackagedRelay.command("run", "--config", relay.config().toString()));
        assertThat(ended.exitCode()).isEqualTo(73);
        assertThat(ended.err()).contains("facteur: ").contains("\"nosuch\" does not exist").doesNotContain("\tat ");
        assertThat(ended.out()).doesNotContain("database-failed");
    }
}
