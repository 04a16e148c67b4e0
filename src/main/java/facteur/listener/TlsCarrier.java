package facteur.listener;

import facteur.platform.tls.TlsAlert;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;

/// The connection below TLS. An app that rejects our certificate sends an alert and hangs up, perhaps while we are still
/// writing: Java then reports that the write failed, and leaves the alert unread. It is read here. For one handshake;
/// afterwards it only delegates.
final class TlsCarrier extends SocketOver {
    private static final int LAST_WORDS_BYTES = 1024;

    private volatile Optional<TlsAlert> alert = Optional.empty();

    TlsCarrier(Socket plain) {
        super(plain);
    }

    /// What the app sent before a write failed.
    Optional<TlsAlert> alert() {
        return alert;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return plain.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(plain.getOutputStream()) {
            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                try {
                    out.write(octets, offset, length);
                } catch (IOException hungUp) {
                    readLastWords();
                    throw hungUp;
                }
            }
        };
    }

    private void readLastWords() {
        try {
            var in = plain.getInputStream();
            // Of a connection that was reset, Linux reports one octet fewer than there are: so as many as come.
            if (in.available() > 0) {
                var octets = new byte[LAST_WORDS_BYTES];
                alert = TlsAlert.in(Arrays.copyOf(octets, Math.max(0, in.read(octets))));
            }
        } catch (IOException none) {
            // All that is known then is that the write failed.
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    @Override
    public void shutdownInput() throws IOException {
        plain.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        plain.shutdownOutput();
    }

    @Override
    public boolean isInputShutdown() {
        return plain.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return plain.isOutputShutdown();
    }

    @Override
    public InetAddress getLocalAddress() {
        return plain.getLocalAddress();
    }

    @Override
    public int getLocalPort() {
        return plain.getLocalPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return plain.getLocalSocketAddress();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        plain.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return plain.getSoTimeout();
    }
}
