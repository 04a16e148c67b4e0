package facteur.listener;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.TlsMode;
import facteur.platform.tls.KeyMaterial;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.subethamail.smtp.server.Session;

/// One connection of an app, in clear at first and perhaps over TLS later. Replies are held back until the session has
/// read all that the app has sent so far, so that those to a pipelined batch leave in one write (RFC 2920 §3.2).
///
/// The session has this one socket from beginning to end, so that a stop reaches the connection over TLS too.
final class AppSocket extends SocketOver {
    /// From here on a timeout may be a second late.
    private static final int LONG_WAIT_MILLIS = 10_000;

    private final int refusalsLimit;
    private final Patience patience = new Patience();
    private volatile boolean isShakingHands;
    private volatile Socket carrier;
    private volatile ReplyStream replies;
    private volatile Consumer<QueueId> replyLost = _ -> {};
    private volatile Consumer<String> tlsFailure = _ -> {};

    /// Of the session's thread alone, as the next.
    private Optional<Conversation> conversation = Optional.empty();
    private CommandLines lines = new CommandLines(InputStream.nullInputStream());

    /// Of `System.nanoTime`; none while no letter is in progress.
    private volatile OptionalLong deadlineNanos = OptionalLong.empty();

    /// @param tls with implicit TLS, the session begins after the handshake
    /// @param refusalsLimit how often the app may be refused something before nothing more of it is read
    AppSocket(Socket plain, TlsMode tls, int refusalsLimit) throws IOException {
        super(plain);
        this.refusalsLimit = refusalsLimit;
        this.carrier = plain;
        this.replies = new ReplyStream(tls == TlsMode.IMPLICIT ? OutputStream.nullOutputStream() : plain.getOutputStream());
    }

    /// Every session of ours runs on one.
    static AppSocket of(Session session) {
        if (session.getSocket() instanceof AppSocket socket) {
            return socket;
        }
        throw new IllegalStateException("not an AppSocket");
    }

    /// Whom a proxy speaks for. To be asked before anything else is read.
    ///
    /// @param timeout for each octet
    Optional<InetAddress> readProxyHeader(Duration timeout) throws IOException {
        plain.setSoTimeout((int) timeout.toMillis());
        return ProxyHeader.read(plain.getInputStream());
    }

    /// Whether the app has sent something already.
    boolean hasSpoken() {
        try {
            return plain.getInputStream().available() > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /// What the app says, line by line between letters. Of the session's thread alone.
    CommandLines lines() {
        return lines;
    }

    /// What is known of the connection, from before the greeting. Of the session's thread alone.
    Optional<Conversation> conversation() {
        return conversation;
    }

    void conversation(Conversation of) {
        conversation = Optional.of(of);
    }

    /// Adds a reply to those that are held back. As the session's writer does, it says nothing where the connection is lost: the
    /// next read fails for it, or the close.
    void reply(Reply reply) {
        try {
            replies.write(line(reply));
        } catch (IOException lost) {
            // What was not sent is kept, for the reading to report.
        }
    }

    private static byte[] line(Reply reply) {
        return (reply.wire() + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// @param listener gets each accepted letter whose reply could not be sent
    void onReplyLost(Consumer<QueueId> listener) {
        replyLost = listener;
    }

    /// @param listener gets the alert by which the app ends TLS after the handshake: it checks the certificate only then
    void onTlsFailure(Consumer<String> listener) {
        tlsFailure = listener;
    }

    /// The letter in progress must be complete by then, however steadily its octets come.
    void limit(Duration time) {
        deadlineNanos = OptionalLong.of(System.nanoTime() + time.toNanos());
    }

    /// No letter is in progress.
    void unlimit() {
        deadlineNanos = OptionalLong.empty();
    }

    boolean isLimited() {
        return deadlineNanos.isPresent();
    }

    /// A letter was accepted, and the next reply says so; earlier refusals no longer count.
    void accepted(QueueId id) {
        replies.accepted(id);
    }

    /// For how long the app has left our replies unread.
    Duration silence() {
        return replies.silence();
    }

    /// Sends what is held back in clear, and shakes hands. Afterwards the streams are other ones.
    ///
    /// @param asks whether the peer is asked for a certificate
    /// @throws IOException when it fails or isn't over in time, with a message that says why; the connection is closed then
    SSLSocket secure(KeyMaterial keys, boolean asks, Duration timeout) throws IOException {
        isShakingHands = true;
        try {
            return shakeHands(keys, asks, timeout);
        } finally {
            isShakingHands = false;
        }
    }

    private SSLSocket shakeHands(KeyMaterial keys, boolean asks, Duration timeout) throws IOException {
        replies.send();
        var below = new TlsCarrier(plain);
        var secure = keys.over(below, asks);
        // From octet to octet is not enough: each could come just in time.
        var deadline = new CompletableFuture<Boolean>().completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS);
        var _ = deadline.thenRun(this::cut);
        try {
            secure.startHandshake();
        } catch (IOException e) {
            cut();
            throw deadline.isDone()
                    ? new SocketTimeoutException("not over within " + timeout.toMillis() + " ms")
                    : new IOException(HandshakeFailure.reason(e, below.alert()), e);
        } finally {
            deadline.cancel(false);
        }
        carrier = secure;
        replies = new ReplyStream(secure.getOutputStream());
        return secure;
    }

    boolean isShakingHands() {
        return isShakingHands;
    }

    /// As the session reads it; the former one must have nothing left.
    @Override
    public InputStream getInputStream() throws IOException {
        var out = replies;
        lines = new CommandLines(new FilterInputStream(carrier.getInputStream()) {
            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                if (!mayRead(out)) {
                    return -1;
                }
                try {
                    return patience.read(in, octets, offset, length);
                } catch (SSLException broken) {
                    HandshakeFailure.received(broken).ifPresent(tlsFailure);
                    // For the session, the connection is gone, as after a reset.
                    throw new SocketException(broken.getMessage());
                }
            }

            @Override
            public void close() throws IOException {
                AppSocket.this.close();
            }
        });
        return lines;
    }

    /// Sends the replies that the app waits for before it sends more. False when it may send no more.
    private boolean mayRead(ReplyStream out) throws IOException {
        var hasTooManyErrors = out.refusals() >= refusalsLimit;
        if (hasTooManyErrors) {
            out.write(line(Replies.TOO_MANY_ERRORS));
        }
        send(out);
        if (deadlineNanos.isPresent() && System.nanoTime() - deadlineNanos.getAsLong() > 0) {
            throw new SocketTimeoutException("the letter took too long");
        }
        return !hasTooManyErrors;
    }

    private void send(ReplyStream out) throws IOException {
        try {
            out.send();
        } catch (IOException e) {
            out.removeUnsent().forEach(replyLost);
            throw e;
        }
    }

    @Override
    public OutputStream getOutputStream() {
        return replies;
    }

    @Override
    public void close() throws IOException {
        try {
            // Where the connection is closed already, this reports the replies that get lost.
            send(replies);
            if (!isClosed() && carrier instanceof SSLSocket secure) {
                // Its close() waits for the app's close_notify, which RFC 8446 §6.1 doesn't ask for.
                secure.shutdownOutput();
            }
        } catch (IOException peerIsGone) {
            // The peer is gone.
        }
        plain.close();
    }

    /// Closes without a reply. A thread that is writing to an app that doesn't read gets an exception.
    void cut() {
        try {
            plain.close();
        } catch (IOException alreadyGone) {
            // As intended.
        }
    }

    /// Ends the wait for an app that has said nothing for too long. To be called every second.
    void expire(long nowNanos) {
        if (patience.isOver(nowNanos)) {
            try {
                plain.shutdownInput();
            } catch (IOException gone) {
                // Or ended before.
            }
        }
    }

    /// A closed one has no timeout, and fails when it is read or written: the reply to a letter gets so far.
    @Override
    public void setSoTimeout(int millis) throws SocketException {
        // TLS takes the end of the connection for an attack, and could send no reply behind it.
        var isLong = millis >= LONG_WAIT_MILLIS && !(carrier instanceof SSLSocket);
        patience.limit(isLong ? TimeUnit.MILLISECONDS.toNanos(millis) : Long.MAX_VALUE);
        try {
            plain.setSoTimeout(isLong ? 0 : millis);
        } catch (SocketException e) {
            if (!plain.isClosed()) {
                throw e;
            }
        }
    }
}
