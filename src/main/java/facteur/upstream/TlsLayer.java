package facteur.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Puts TLS on top of a [RelaySocket], and reports it to the socket and to an observer: Angus keeps to itself what STARTTLS came
/// to. Thread-safe.
final class TlsLayer extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final Consumer<SSLSocket> watcher;

    TlsLayer(SSLSocketFactory sockets, Consumer<SSLSocket> watcher) {
        this.sockets = sockets;
        this.watcher = watcher;
    }

    @Override
    public SSLSocket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        var tls = (SSLSocket) sockets.createSocket(plain, host, port, autoClose);
        if (plain instanceof RelaySocket relay) {
            relay.secured(tls);
        }
        watcher.accept(tls);
        return tls;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw unconnected();
    }

    private static UnsupportedOperationException unconnected() {
        return new UnsupportedOperationException("TLS goes on top of a connection");
    }
}
