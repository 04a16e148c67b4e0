package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AppConnection;
import facteur.fixture.FreePort;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers that hold a thousand connections to the console keep people out, but no letter; and memory for a request is bounded. The limits are
/// those of the process, so the process is the packaged program.
final class ConsoleFloodIT {
    private static final int MOST = 1000;
    private static final int BEYOND = 20;

    @TempDir
    private Path folder;

    private int port;
    private RelayFolder relay;

    @BeforeEach
    void configure() throws IOException {
        port = FreePort.next();
        relay = new RelayFolder(folder).office("dupont", RelayFolder.DUPONT).configured("console: { address: \"127.0.0.1:" + port + "\" }\n");
    }

    @Test
    void lettersGoOn() throws Exception {
        try (var packaged = PackagedRelay.run(relay.config())) {
            Awaitility.await().ignoreExceptions().until(() -> get("").startsWith("HTTP/1.1 200 "));
            assertThat(get("X-Long: " + "x".repeat(17_000) + "\r\n")).doesNotContain("HTTP/1.1 200");
            var held = new ArrayList<Socket>();
            try {
                for (var i = 0; i < MOST + BEYOND; i++) {
                    held.add(begun());
                }
                assertThat(held.subList(MOST, MOST + BEYOND)).allMatch(socket -> isTurnedAway(socket, 30_000));
                assertThat(held.subList(0, BEYOND)).noneMatch(socket -> isTurnedAway(socket, 10));
                try (var app = AppConnection.greeted(packaged.port())) {
                    assertThat(app.submit("<jan@dupont.example>", List.of("client@one.example"),
                            "From: Jan <jan@dupont.example>\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII)).code()).isEqualTo(250);
                }
            } finally {
                for (var socket : held) {
                    socket.close();
                }
            }
            Awaitility.await().ignoreExceptions().until(() -> get("").startsWith("HTTP/1.1 200 "));
        }
    }

    /// Half a request.
    private Socket begun() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write("GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /// @param millis to wait for that
    private static boolean isTurnedAway(Socket socket, int millis) {
        try {
            socket.setSoTimeout(millis);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String get(String fields) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(
                    ("GET /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException closed) {
            return "";
        }
    }
}
