package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.AppConnection;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ServiceSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program under a service manager that speaks systemd's protocols.
final class ServiceIT {
    private static final Path ACTIVATE = Path.of("/usr/bin/systemd-socket-activate");
    private static final byte[] LETTER =
            "From: Jan Janssens <jan@dupont.example>\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void configure() {
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
    }

    @Test
    void tellsItsWholeLife() throws Exception {
        var name = folder.resolve("notify").toString();
        try (var socket = ServiceSocket.at(name);
                var running = PackagedRelay.run(relay.config(), Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "500000"))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> socket.messages().contains("WATCHDOG=1"));
            assertThat(socket.messages().getFirst()).isEqualTo("READY=1");
            try (var app = AppConnection.greeted(running.port())) {
                assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER).code()).isEqualTo(250);
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> socket.messages().stream()
                            .anyMatch(message -> message.startsWith("STATUS=0 letters in the queue; in the last minute 1 accepted, 1 relayed")));
            running.hangUp();
            await().atMost(Duration.ofSeconds(20)).until(() -> count(socket, "READY=1") == 2);
            assertThat(socket.messages()).anyMatch(message -> message.matches("RELOADING=1\\|MONOTONIC_USEC=[0-9]+"));
            assertThat(running.stop()).isEqualTo(143);
            await().atMost(Duration.ofSeconds(20)).until(() -> count(socket, "STOPPING=1") == 1);
        }
    }

    @Test
    void aSpoolThatDoesNotAnswerHoldsUpTheSignOfLife() throws Exception {
        var name = folder.resolve("notify").toString();
        try (var socket = ServiceSocket.at(name);
                var running = PackagedRelay.run(relay.config(), Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "400000"))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> count(socket, "WATCHDOG=1") > 2);
            lockDatabase(() -> {
                // A commit waits for the lock, and the heartbeat for the commit.
                var before = count(socket, "WATCHDOG=1");
                await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> count(socket, "WATCHDOG=1") <= before + 1);
            });
            var after = count(socket, "WATCHDOG=1");
            await().atMost(Duration.ofSeconds(30)).until(() -> count(socket, "WATCHDOG=1") > after + 1);
            assertThat(running.isAlive()).isTrue();
        }
    }

    @FunctionalInterface
    private interface Meanwhile {
        void run() throws Exception;
    }

    /// As another program would that writes to it.
    private void lockDatabase(Meanwhile work) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + relay.state().resolve("facteur.db"));
                var statement = connection.createStatement()) {
            statement.execute("begin immediate");
            work.run();
            statement.execute("rollback");
        }
    }

    private static long count(ServiceSocket socket, String message) {
        return socket.messages().stream().filter(message::equals).count();
    }

    /// The first connection, which made systemd start us, is served; so is one that came while we started again.
    @Test
    void takesOverThePortsThatSystemdHasOpened() throws Exception {
        assumeTrue(Files.isExecutable(ACTIVATE), "there is no " + ACTIVATE);
        var port = freePort();
        relay.configuredWith("listeners", "[{ address: \"127.0.0.1:" + port + "\" }, { address: \"127.0.0.1:0\" }]", "");
        var log = folder.resolve("activate.log");
        var activate = activate(port, log);
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.readString(log).contains("Listening on"));
            for (var letter = 0; letter < 2; letter++) {
                try (var app = AppConnection.greeted(port)) {
                    assertThat(app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER).code()).isEqualTo(250);
                }
            }
            assertThat(Files.readString(log)).contains("listens on 127.0.0.1:" + port);
        } finally {
            activate.destroy();
            activate.waitFor();
        }
    }

    @Test
    void refusesAPortThatNoListenerHas() throws Exception {
        assumeTrue(Files.isExecutable(ACTIVATE), "there is no " + ACTIVATE);
        var port = freePort();
        var log = folder.resolve("activate.log");
        var activate = activate(port, log);
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> Files.readString(log).contains("Listening on"));
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(activate.waitFor()).isEqualTo(78);
            }
            assertThat(Files.readString(log)).contains("systemd has opened 127.0.0.1:" + port + " for us, but no listener has that address");
        } finally {
            activate.destroy();
        }
    }

    /// systemd-socket-activate has to be told one.
    /// systemd's own program that opens a port, and starts us at the first connection.
    private Process activate(int port, Path log) throws IOException {
        // It hands on no variable but those that are named.
        var options = PackagedRelay.command().environment().get("FACTEUR_JAVA_OPTIONS");
        return new ProcessBuilder(
                ACTIVATE.toString(), "--setenv=FACTEUR_JAVA_OPTIONS=" + options, "--listen=127.0.0.1:" + port,
                PackagedRelay.layout().resolve("bin/facteur").toString(),
                "run", "--config", relay.config().toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
