package facteur.upstream;

import facteur.mail.smtp.TlsSession;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A TCP connection that can't be stalled, flooded or split into small packets; TLS goes on top of it.
///
/// Reading ends at a deadline for the whole reply: a peer that drips one octet a minute gains nothing by it, nor does one
/// that talks without end. A write has no timeout in Java; the JDK's own pool looks at each connection four times per
/// write timeout and closes it when one write has taken longer, or all the writes of a message.
///
/// For one thread at a time, except [#close].
final class RelaySocket extends Socket implements ReplyReader.Source {
    private static final int REPLY_LIMIT_BYTES = 256 * 1024;

    private final long writeTimeoutNanos;
    private final ScheduledFuture<?> watch;
    private Duration patience = Duration.ZERO;
    private Duration messageTimeout = Duration.ZERO;
    private long deadlineNanos = System.nanoTime();
    private long receivedBytes;
    private final MovingDeadline end = new MovingDeadline(this::cutAsSilent);
    private boolean isCutWhenSilent;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private @Nullable SSLSocket tls;
    private volatile long writingSinceNanos;
    private volatile boolean isWriting;
    private volatile boolean isLimited;
    private volatile long limitNanos;
    private volatile boolean isStalled;
    private volatile boolean isSilent;
    private volatile boolean hasFailedWriting;

    RelaySocket(Duration writeTimeout) {
        writeTimeoutNanos = writeTimeout.toNanos();
        var period = Math.max(TimeUnit.MILLISECONDS.toNanos(1), writeTimeoutNanos / 4);
        watch = ForkJoinPool.commonPool()
                .scheduleWithFixedDelay(this::cutWhenStalled, period, period, TimeUnit.NANOSECONDS);
    }

    void connect(InetSocketAddress peer, Duration timeout) throws IOException {
        setTcpNoDelay(true);
        connect(peer, (int) timeout.toMillis());
    }

    @Override
    public void allow(Duration timeout) {
        await(timeout);
        isCutWhenSilent = false;
    }

    /// The same, and ends the connection with it.
    void allowOrCut(Duration timeout) {
        await(timeout);
        isCutWhenSilent = true;
    }

    private void await(Duration timeout) {
        patience = timeout;
        deadlineNanos = System.nanoTime() + timeout.toNanos();
        receivedBytes = 0;
    }

    /// What goes on top of it from now on.
    void secured(SSLSocket socket) {
        tls = socket;
    }

    /// The TLS on top of it, after its handshake.
    Optional<TlsSession> tls() {
        return Optional.ofNullable(tls)
                .map(SSLSocket::getSession)
                .map(session -> new TlsSession(session.getProtocol(), session.getCipherSuite()));
    }

    /// Where octets of ours go: into the TLS on top of it, if there is one.
    OutputStream wire() throws IOException {
        var secure = tls;
        return secure == null ? getOutputStream() : secure.getOutputStream();
    }

    /// Out of the TLS on top of it, if there is one.
    @Override
    public InputStream source() throws IOException {
        var secure = tls;
        return secure == null ? getInputStream() : secure.getInputStream();
    }

    @Override
    public boolean hasArrived() throws IOException {
        return super.getInputStream().available() > 0 || tls != null && tls.getInputStream().available() > 0;
    }

    /// All that is written from now on, until [#endMessage], has so long.
    void beginMessage(Duration timeout) {
        messageTimeout = timeout;
        limitNanos = System.nanoTime() + timeout.toNanos();
        isLimited = true;
    }

    void endMessage() {
        isLimited = false;
    }

    /// Whether some octets that were to be written are known not to have gone out.
    boolean hasFailedWriting() {
        return hasFailedWriting;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        if (input == null) {
            input = input(super.getInputStream());
        }
        return input;
    }

    private InputStream input(InputStream octetsOfPeer) {
        return new FilterInputStream(octetsOfPeer) {
            @Override
            public int read() throws IOException {
                var octet = new byte[1];
                return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
            }

            @Override
            public int read(byte[] octets, int from, int count) throws IOException {
                return receive(in, octets, from, count);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        if (output == null) {
            output = output(super.getOutputStream());
        }
        return output;
    }

    private OutputStream output(OutputStream peer) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int count) throws IOException {
                send(peer, octets, from, count);
            }

            @Override
            public void close() throws IOException {
                RelaySocket.this.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        end.cancel();
        super.close();
    }

    /// Ends the connection without a word.
    void cut() {
        try {
            close();
        } catch (IOException nothingLeftToClose) {
            // What mattered was to let go of it.
        }
    }

    private int receive(InputStream in, byte[] octets, int from, int count) throws IOException {
        var remainingMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime() + 999_999);
        if (remainingMillis < 1) {
            throw silent();
        }
        if (receivedBytes > REPLY_LIMIT_BYTES) {
            throw new IOException("reply over " + REPLY_LIMIT_BYTES + " octets");
        }
        return isCutWhenSilent ? readUntilCut(in, octets, from, count) : readWithin((int) remainingMillis, in, octets, from, count);
    }

    private int readWithin(int millis, InputStream in, byte[] octets, int from, int count) throws IOException {
        setSoTimeout(millis);
        try {
            return counted(in.read(octets, from, count));
        } catch (SocketTimeoutException e) {
            throw silent();
        }
    }

    private int readUntilCut(InputStream in, byte[] octets, int from, int count) throws IOException {
        try {
            setSoTimeout(0);
            end.set(deadlineNanos);
            return counted(in.read(octets, from, count));
        } catch (IOException e) {
            throw isSilent ? silent() : e;
        } finally {
            end.clear();
        }
    }

    private int counted(int received) {
        receivedBytes += Math.max(received, 0);
        return received;
    }

    private void cutAsSilent() {
        isSilent = true;
        cut();
    }

    private SocketTimeoutException silent() {
        return new SocketTimeoutException("no reply within " + text(patience));
    }

    private void send(OutputStream peer, byte[] octets, int from, int count) throws IOException {
        writingSinceNanos = System.nanoTime();
        isWriting = true;
        try {
            if (isTooLate()) {
                isStalled = true;
                throw new IOException();
            }
            peer.write(octets, from, count);
        } catch (IOException e) {
            hasFailedWriting = true;
            throw isStalled ? stalled(e) : e;
        } finally {
            isWriting = false;
        }
    }

    private IOException stalled(IOException origin) {
        var timeout = new SocketTimeoutException(
                isTooLate()
                        ? "letter not taken within " + text(messageTimeout)
                        : "nothing taken within " + text(Duration.ofNanos(writeTimeoutNanos)));
        timeout.addSuppressed(origin);
        return timeout;
    }

    private void cutWhenStalled() {
        if (isWriting && (isTooLate() || System.nanoTime() - writingSinceNanos > writeTimeoutNanos)) {
            isStalled = true;
            endWriting();
        }
    }

    /// A peer that takes nothing more may have said why: then it is read yet.
    private void endWriting() {
        try {
            if (super.getInputStream().available() > 0) {
                shutdownOutput();
            } else {
                cut();
            }
        } catch (IOException gone) {
            cut();
        }
    }

    private boolean isTooLate() {
        return isLimited && System.nanoTime() - limitNanos > 0;
    }

    /// `5m`, `2.5s`.
    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
