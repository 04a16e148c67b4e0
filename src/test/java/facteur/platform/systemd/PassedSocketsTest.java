package facteur.platform.systemd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sockets that are passed here are some that the test has opened itself.
final class PassedSocketsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    private ServerSocket systemd;
    private InetSocketAddress address;
    private PassedSockets passed;

    @BeforeEach
    void open() throws IOException {
        systemd = new ServerSocket();
        systemd.bind(ANY_PORT);
        address = (InetSocketAddress) systemd.getLocalSocketAddress();
        passed = PassedSockets.of(List.of(PassedSockets.descriptor(address)));
    }

    @AfterEach
    void close() throws IOException {
        systemd.close();
    }

    @Test
    void aServerSocketTakesThePlaceOfItsOwn() throws IOException {
        try (var server = new ServerSocket()) {
            server.bind(ANY_PORT);
            var own = server.getLocalPort();
            passed.adopt(server, address);
            assertThat(said(server)).isEqualTo("good day");
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), own)).isInstanceOf(IOException.class);
        }
        // What systemd holds is still open, for the next one.
        try (var next = new ServerSocket()) {
            next.bind(ANY_PORT);
            passed.adopt(next, address);
            assertThat(said(next)).isEqualTo("good day");
        }
    }

    /// What one says who connects to the passed port before the listener accepts.
    private String said(ServerSocket server) throws IOException {
        try (var peer = new Socket(address.getAddress(), address.getPort())) {
            peer.getOutputStream().write("good day".getBytes(US_ASCII));
            peer.shutdownOutput();
            try (var accepted = server.accept()) {
                assertThat(accepted.getInetAddress().isLoopbackAddress()).isTrue();
                return new String(accepted.getInputStream().readAllBytes(), US_ASCII);
            }
        }
    }

    @Test
    void closingTheServerSocketEndsAcceptAndLeavesThePassedOneOpen() throws Exception {
        var server = new ServerSocket();
        server.bind(ANY_PORT);
        passed.adopt(server, address);
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                server.accept().close();
            } catch (IOException closed) {
                // As wanted.
            }
        });
        server.close();
        waiting.join();
        assertThat(Libc.isListening(PassedSockets.descriptor(address))).isTrue();
    }

    @Test
    void anAddressFindsItsSocket() throws IOException {
        assertThat(passed.at(address)).contains(address);
        assertThat(passed.at(new InetSocketAddress(address.getAddress(), address.getPort() ^ 1))).isEmpty();
        assertThat(passed.at(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), address.getPort()))).isEmpty();
        assertThat(passed.without(List.of())).containsExactly(address);
        assertThat(passed.without(List.of(address))).isEmpty();
    }

    @Test
    void allAddressesAreAllAddresses() throws IOException {
        try (var wide = new ServerSocket(0)) {
            var everywhere = PassedSockets.of(List.of(PassedSockets.descriptor((InetSocketAddress) wide.getLocalSocketAddress())));
            assertThat(everywhere.at(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), wide.getLocalPort()))).isPresent();
            assertThat(everywhere.at(new InetSocketAddress(InetAddress.ofLiteral("::"), wide.getLocalPort()))).isPresent();
            assertThat(everywhere.at(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), wide.getLocalPort()))).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoPort(@TempDir Path folder) throws IOException {
        try (var file = Files.newOutputStream(folder.resolve("file"));
                var peer = new Socket(address.getAddress(), address.getPort())) {
            file.write(1);
            for (var descriptor : OpenDescriptors.all()) {
                var isPort = isPort(descriptor);
                if (!isPort) {
                    assertThatThrownBy(() -> PassedSockets.of(List.of(descriptor)))
                            .isInstanceOf(IOException.class)
                            .hasMessageStartingWith("descriptor " + descriptor + " from systemd: ");
                }
            }
            assertThat(peer.isConnected()).isTrue();
        }
    }

    private static boolean isPort(int descriptor) {
        try {
            return Libc.isListening(descriptor);
        } catch (IOException notASocket) {
            return false;
        }
    }

    @Test
    void isNotMeantWhenAnotherProcessIs() throws IOException {
        assertThat(PassedSockets.of(_ -> null).without(List.of())).isEmpty();
        assertThat(PassedSockets.of(Map.of("LISTEN_PID", "1", "LISTEN_FDS", "1")::get).without(List.of())).isEmpty();
        assertThat(PassedSockets.of(Map.of("LISTEN_PID", PID, "LISTEN_FDS", "0")::get).without(List.of())).isEmpty();
        assertThatThrownBy(() -> PassedSockets.of(Map.of("LISTEN_PID", PID, "LISTEN_FDS", "many")::get))
                .isInstanceOf(IOException.class);
    }
}
