package facteur.listener;

import facteur.mail.smtp.TlsMode;
import facteur.platform.systemd.PassedSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class AppServerSocketTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /// As at a reload that changes the settings of a port. Without waiting, every other round fails.
    @Test
    void leavesThePortForWhoComesNext() throws Exception {
        for (var round = 0; round < 30; round++) {
            try (var server = new AppServerSocket(TlsMode.NONE, 10, PassedSockets.of(_ -> null))) {
                server.bind(new InetSocketAddress(HERE, 0));
                var hasAccepted = new CountDownLatch(1);
                Thread.ofVirtual().start(() -> accept(server, hasAccepted));
                try (var app = new Socket(HERE, server.getLocalPort())) {
                    hasAccepted.await();
                    server.stopAccepting();
                    new ServerSocket(app.getPort(), 1, HERE).close();
                }
            }
        }
    }

    private static void accept(AppServerSocket server, CountDownLatch hasAccepted) {
        try {
            while (true) {
                server.accept().close();
                hasAccepted.countDown();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }
}
