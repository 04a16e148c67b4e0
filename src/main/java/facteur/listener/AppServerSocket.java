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

/// A server socket that returns [AppSocket]s, and that can stop accepting without SubEthaSMTP: the library's accept loop then
/// waits until it is shut down, while the sessions continue. Where systemd has opened the port, that socket is used.
final class AppServerSocket extends ServerSocket {
    /// Long enough for an accept in progress to finish.
    private static final Duration ACCEPT_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AppServerSocket.class);
    private static final long DESCRIPTOR_MILLIS = 100;
    private static final Duration LOG_PAUSE = Duration.ofMinutes(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final TlsMode tls;
    private final int refusalsLimit;
    private final PassedSockets passed;
    private volatile boolean stoppedAccepting;
    private volatile @Nullable InetSocketAddress passedAddress;
    private volatile @Nullable Thread acceptor;
    /// When the lack of descriptors was logged last. For the thread that accepts.
    private OptionalLong loggedAtNanos = OptionalLong.empty();

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
            passed.adopt(this, wanted);
            passedAddress = passed.at(wanted).get();
        } else {
            super.bind(address, backlog);
        }
    }

    @Override
    public int getLocalPort() {
        var address = passedAddress;
        return address == null ? super.getLocalPort() : address.getPort();
    }

    /// Whether connections are accepted, or the socket has not started yet.
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

    /// Without a free descriptor, connections wait in the kernel until there is one.
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
        if (loggedAtNanos.isEmpty() || now - loggedAtNanos.getAsLong() > LOG_PAUSE.toNanos()) {
            loggedAtNanos = OptionalLong.of(now);
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

    /// Closes the port; the kernel refuses new connections, and another program may open it.
    void stopAccepting() throws IOException {
        stoppedAccepting = true;
        super.close();
        // The kernel holds the port until the thread that accepts has returned.
        var thread = acceptor;
        if (thread != null && thread.isAlive()) {
            awaitAcceptor();
        }
    }

    private void awaitAcceptor() {
        try {
            var _ = left.await(ACCEPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
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
