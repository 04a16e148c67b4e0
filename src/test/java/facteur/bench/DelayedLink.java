package facteur.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A port on this machine behind which another one is far away: each octet, and the end of each side, comes so much later
/// to the other. Bandwidth has no limit. Thread-safe.
final class DelayedLink implements AutoCloseable {
    /// @param octets none: the end
    private record Packet(ByteBuffer octets, long dueNanos) {}

    private static final int LARGEST = 16 * 1024;

    private final ServerSocket door = new ServerSocket();
    private final int port;
    private final long delayNanos;

    /// @param port where everything goes
    /// @param delay one way
    DelayedLink(int port, Duration delay) throws IOException {
        this.port = port;
        this.delayNanos = delay.toNanos();
        door.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 200);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void accept() {
        try {
            while (true) {
                var near = door.accept();
                var far = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                link(near, far);
                link(far, near);
            }
        } catch (IOException closed) {
            // So is the link.
        }
    }

    private void link(Socket from, Socket to) {
        var underWay = new LinkedBlockingQueue<Packet>();
        Thread.ofVirtual().start(() -> depart(from, underWay));
        Thread.ofVirtual().start(() -> arrive(underWay, to));
    }

    private void depart(Socket from, BlockingQueue<Packet> underWay) {
        var octets = new byte[LARGEST];
        var length = 0;
        while (length >= 0) {
            try {
                length = from.getInputStream().read(octets);
            } catch (IOException reset) {
                length = -1;
            }
            underWay.add(new Packet(ByteBuffer.wrap(Arrays.copyOf(octets, Math.max(0, length))), System.nanoTime() + delayNanos));
        }
    }

    private static void arrive(BlockingQueue<Packet> underWay, Socket to) {
        try (to) {
            while (true) {
                var packet = underWay.take();
                Thread.sleep(Duration.ofNanos(Math.max(0, packet.dueNanos() - System.nanoTime())));
                if (!packet.octets().hasRemaining()) {
                    return;
                }
                to.getOutputStream().write(packet.octets().array());
            }
        } catch (IOException | InterruptedException over) {
            // The other end has gone.
        }
    }
}
