import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An upstream whose mood changes. Thread-safe. */
final class Sink {
    private static final int BACKLOG = 200;

    private final int port;
    private final Ledger ledger;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile Mood mood = Mood.REFUSE;
    private ServerSocket listener;

    Sink(int port, Ledger ledger) {
        this.port = port;
        this.ledger = ledger;
    }

    Mood mood() {
        return mood;
    }

    synchronized void become(Mood other) throws IOException {
        var before = mood;
        mood = other;
        if (other == Mood.REFUSE && before != Mood.REFUSE) {
            listener.close();
            for (var connection : connections) {
                connection.close();
            }
        } else if (other != Mood.REFUSE && before == Mood.REFUSE) {
            listener = open();
        }
    }

    private ServerSocket open() throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        Thread.ofPlatform().daemon().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        connections.add(connection);
        try (connection) {
            // It may have come in just before the door was shut.
            if (mood != Mood.REFUSE) {
                connection.setTcpNoDelay(true);
                new Session(new Wire(connection), this::mood, ledger).run();
            }
        } catch (IOException e) {
            // The relay's, or ours: how a connection ends is what is tried here.
        } finally {
            connections.remove(connection);
        }
    }
}
