package facteur.listener;

import facteur.smtp.TlsMode;
import facteur.tls.KeyMaterial;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// One connection of an app, in clear at first and perhaps over TLS later. Replies are held back until the session has
/// read all that the app has sent so far, so that those to a pipelined batch leave in one write (RFC 2920 §3.2).
///
/// The session keeps this one socket all along, so that a stop reaches the connection whatever it has become.
final class AppSocket extends Socket {
    private final Socket plain;
    private volatile Socket carrier;
    private volatile ReplyStream replies;

    /// @param tls with TLS from the first octet, nothing is said before it is there
    AppSocket(Socket plain, TlsMode tls) throws IOException {
        this.plain = plain;
        this.carrier = plain;
        this.replies = new ReplyStream(tls == TlsMode.IMPLICIT ? OutputStream.nullOutputStream() : plain.getOutputStream());
    }

    /// Sends what is held back in clear, and shakes hands. Afterwards the streams are other ones.
    ///
    /// @throws IOException when it fails or isn't over in time; the connection is closed then
    SSLSocket secure(KeyMaterial keys, Duration timeout) throws IOException {
        replies.send();
        var secure = keys.over(plain);
        // From octet to octet is not enough: each could come just in time.
        var deadline = new CompletableFuture<Boolean>().completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS);
        var _ = deadline.thenRun(this::cut);
        try {
            secure.startHandshake();
        } catch (IOException e) {
            cut();
            throw deadline.isDone() ? new SocketTimeoutException("not over within " + timeout.toMillis() + " ms") : e;
        } finally {
            deadline.cancel(false);
        }
        carrier = secure;
        replies = new ReplyStream(secure.getOutputStream());
        return secure;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        var out = replies;
        return new FilterInputStream(carrier.getInputStream()) {
            @Override
            public int read() throws IOException {
                var octet = new byte[1];
                return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                out.send();
                try {
                    return super.read(octets, offset, length);
                } catch (SSLException broken) {
                    // To the session a connection that is gone, as by a reset.
                    throw new SocketException(broken.getMessage());
                }
            }

            @Override
            public void close() throws IOException {
                AppSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return replies;
    }

    @Override
    public void close() throws IOException {
        if (!isClosed()) {
            try {
                replies.send();
                if (carrier instanceof SSLSocket secure) {
                    // Its close() waits for the app's close_notify, which RFC 8446 §6.1 doesn't ask for.
                    secure.shutdownOutput();
                }
            } catch (IOException peerIsGone) {
                // Nobody is left to read it.
            }
        }
        plain.close();
    }

    /// Closes without a word. Whoever is writing to an app that doesn't read gets an exception.
    void cut() {
        try {
            plain.close();
        } catch (IOException alreadyGone) {
            // As it should be.
        }
    }

    @Override
    public boolean isBound() {
        return plain.isBound();
    }

    @Override
    public boolean isConnected() {
        return plain.isConnected();
    }

    @Override
    public boolean isClosed() {
        return plain.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
        return plain.getInetAddress();
    }

    @Override
    public int getPort() {
        return plain.getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return plain.getRemoteSocketAddress();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        plain.setSoTimeout(millis);
    }
}
