package facteur.listener;

import facteur.mail.smtp.TlsMode;
import facteur.platform.disk.Descriptors;
import facteur.platform.systemd.PassedSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server socket that hands out [AppSocket]s, and that can stop accepting before SubEthaSMTP knows of it: its accept
/// loop then rests until it is shut down, while the sessions go on. A port that systemd has opened is taken over instead of
/// one of its own.
final class AppServerSocket extends ServerSocket {
    /// As long as a connection needs that is being accepted just now.
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AppServerSocket.class);
    private static final long DESCRIPTOR_MILLIS = 100;
    private static final Duration TOLD_AGAIN = Duration.ofMinutes(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final TlsMode tls;
    private final int refusalsLimit;
    private final PassedSockets passed;
    private volatile boolean stoppedAccepting;
    private volatile @Nullable InetSocketAddress taken;
    private volatile @Nullable Thread acceptor;
    /// When the log was told last that descriptors are missing. For the thread that accepts.
    private OptionalLong toldAtNanos = OptionalLong.empty();

    AppServerSocket(TlsMode tls, int refusalsLimit, PassedSockets passed) throws IOException {
        super();
        this.passed = passed;
        this.tls = tls;
        this.refusalsLimit = refusalsLimit;
    }

    @Override
    public void bind(@Nullable SocketAddress address, int backlog) throws IOException {
        if (address instanceof InetSocketAddress wanted && passed.at(wanted).isPresent()) {
            super.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            passed.take(this, wanted);
            taken = passed.at(wanted).get();
        } else {
            super.bind(address, backlog);
        }
    }

    @Override
    public int getLocalPort() {
        var address = taken;
        return address == null ? super.getLocalPort() : address.getPort();
    }

    /// Whether somebody accepts connections, or has never begun to.
    boolean isServed() {
        var thread = acceptor;
        return thread == null || thread.isAlive();
    }

    @Override
    public Socket accept() throws IOException {
        acceptor = Thread.currentThread();
        var socket = accepted();
        socket.setTcpNoDelay(true);
        return new AppSocket(socket, tls, refusalsLimit);
    }

    /// Without a descriptor connections wait in the kernel until there is one.
    private Socket accepted() throws IOException {
        while (true) {
            var socket = new Socket();
            try {
                implAccept(socket);
                return socket;
            } catch (IOException e) {
                if (stoppedAccepting) {
                    left.countDown();
                    awaitClose();
                }
                if (stoppedAccepting || !Descriptors.areMissing(e)) {
                    throw e;
                }
                awaitDescriptor(e);
            }
        }
    }

    private void awaitDescriptor(IOException why) throws IOException {
        var now = System.nanoTime();
        if (toldAtNanos.isEmpty() || now - toldAtNanos.getAsLong() > TOLD_AGAIN.toNanos()) {
            toldAtNanos = OptionalLong.of(now);
            LOG.error("connections on port {} have to wait: {}. Raise the limit of open files", getLocalPort(), why.getMessage());
        }
        try {
            if (closed.await(DESCRIPTOR_MILLIS, TimeUnit.MILLISECONDS)) {
                throw why;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }

    /// Closes the port; new connections are refused by the kernel, and somebody else may have it.
    void stopAccepting() throws IOException {
        stoppedAccepting = true;
        super.close();
        // The kernel keeps the port until whoever accepts has come back from it.
        var thread = acceptor;
        if (thread != null && thread.isAlive()) {
            awaitAcceptor();
        }
    }

    private void awaitAcceptor() {
        try {
            var _ = left.await(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
