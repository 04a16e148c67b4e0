package facteur.listener;

import facteur.smtp.TlsMode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;

/// A server socket that hands out [AppSocket]s, and that can stop accepting before SubEthaSMTP knows of it: its accept
/// loop then rests until it is shut down, while the sessions go on.
final class AppServerSocket extends ServerSocket {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final TlsMode tls;
    private volatile boolean stoppedAccepting;

    AppServerSocket(TlsMode tls) throws IOException {
        super();
        this.tls = tls;
    }

    @Override
    public Socket accept() throws IOException {
        var socket = new Socket();
        try {
            implAccept(socket);
        } catch (SocketException e) {
            if (stoppedAccepting) {
                awaitClose();
            }
            throw e;
        }
        socket.setTcpNoDelay(true);
        return new AppSocket(socket, tls);
    }

    /// Closes the port; new connections are refused by the kernel.
    void stopAccepting() throws IOException {
        stoppedAccepting = true;
        super.close();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        super.close();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
