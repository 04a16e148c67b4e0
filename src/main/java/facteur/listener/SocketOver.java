package facteur.listener;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;

/// A socket that adds something to another, and delegates the rest to it.
abstract class SocketOver extends Socket {
    /// The connection itself.
    final Socket plain;

    SocketOver(Socket plain) {
        this.plain = plain;
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
}
