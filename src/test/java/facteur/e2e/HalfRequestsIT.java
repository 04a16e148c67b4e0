package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AdminPort;
import facteur.fixture.Command;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Five hundred half requests, renewed all the time, keep no probe and no command from the admin port.
@Timeout(60)
final class HalfRequestsIT {
    private static final int HALF = 500;

    /// A busy machine is slow; a port that doesn't answer takes eight seconds and more.
    private static final Duration SOON = Duration.ofSeconds(2);

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final LongAdder opened = new LongAdder();

    @Test
    void probesAndCommandsAreStillAnswered(@TempDir Path folder) throws Exception {
        var relays = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).capturing();
        try (var relay = PackagedRelay.run(relays.config())) {
            var admin = AdminPort.of(relays);
            assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200 ");
            var port = Integer.parseInt(Files.readString(relays.state().resolve("admin")).split(" ")[0].replaceFirst(".*:", ""));
            for (var i = 0; i < HALF; i++) {
                Thread.ofVirtual().start(() -> keepHalfOpen(port));
            }
            Awaitility.await().until(() -> opened.sum() >= HALF);
            for (var i = 0; i < 10; i++) {
                var start = System.nanoTime();
                assertThat(admin.get("/health/ready")).startsWith("HTTP/1.1 200 ");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            }
            assertThat(Command.run(relays.config(), "reload").exitCode()).isZero();
            assertThat(relay.isAlive()).isTrue();
        } finally {
            isOver.set(true);
        }
    }

    /// Another at once for each that is closed.
    private void keepHalfOpen(int port) {
        while (!isOver.get()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("GET /health/ready HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));
                opened.increment();
                var _ = socket.getInputStream().read();
            } catch (IOException closed) {
                // As it should be.
            }
        }
    }
}
