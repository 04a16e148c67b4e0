package facteur.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Puts TLS on connections, and tells somebody of each. Connections are made elsewhere ([Dialler]).
final class WatchedSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final Consumer<SSLSocket> watcher;

    WatchedSockets(SSLSocketFactory sockets, Consumer<SSLSocket> watcher) {
        this.sockets = sockets;
        this.watcher = watcher;
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean closesBelow) throws IOException {
        var socket = (SSLSocket) sockets.createSocket(below, host, port, closesBelow);
        watcher.accept(socket);
        return socket;
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
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }
}
