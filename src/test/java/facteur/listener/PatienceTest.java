package facteur.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.smtp.TlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// On a real connection: whether the end of a wait reaches the thread that waits.
@Timeout(20)
final class PatienceTest {
    private static final int LIMIT_MILLIS = 60_000;

    private Socket app = new Socket();
    private AppSocket socket;

    @BeforeEach
    void connect() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            app = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
            socket = new AppSocket(server.accept(), TlsMode.NONE, 20);
        }
        socket.setSoTimeout(LIMIT_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        app.close();
        socket.close();
    }

    @Test
    void aReadEndsAsByATimeoutOfTheSocket() throws IOException {
        assertThat(socket.plain.getSoTimeout()).isZero();
        try (var sessions = Executors.newVirtualThreadPerTaskExecutor()) {
            var read = sessions.submit(() -> socket.getInputStream().read());
            while (!read.isDone()) {
                // Time is given, so this ends at once when the thread waits.
                socket.expire(System.nanoTime() + Duration.ofMillis(2 * LIMIT_MILLIS).toNanos());
                Thread.onSpinWait();
            }
            assertThatThrownBy(read::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(SocketTimeoutException.class);
        }
        // The reply that says so still goes out.
        socket.reply(Replies.IDLE);
        socket.close();
        assertThat(new String(app.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).startsWith("421 4.4.2 ");
    }

    @Test
    void noReadEndsBefore() throws Exception {
        var read = new CompletableFuture<Integer>();
        Thread.ofVirtual().start(() -> {
            try {
                read.complete(socket.getInputStream().read());
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        for (var i = 0; i < 1000; i++) {
            socket.expire(System.nanoTime());
        }
        app.getOutputStream().write("NOOP\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(read.get()).isEqualTo('N');
    }

    @Test
    void theEndOfTheConnectionIsNoTimeout() throws IOException {
        app.close();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aShortTimeoutIsTheSystemsOwn() throws IOException {
        socket.setSoTimeout(100);
        assertThat(socket.plain.getSoTimeout()).isEqualTo(100);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }
}
