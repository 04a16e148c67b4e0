package facteur.listener;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/// How long a session waits for the next octet, where that is so long that a second more makes no difference: once a second all
/// that wait are looked at. A timeout of the socket's own sets and cancels a timer of Java's for each read that has to wait, on
/// another thread, which costs half as much as the read.
///
/// The session's thread reads, another looks.
final class Patience {
    private volatile long limitNanos = Long.MAX_VALUE;
    private volatile long waitingSinceNanos;
    private volatile boolean isWaiting;
    private volatile boolean isOver;

    void limit(long nanos) {
        limitNanos = nanos;
    }

    /// @throws SocketTimeoutException when nothing more comes because the patience was over
    int read(InputStream in, byte[] octets, int offset, int length) throws IOException {
        waitingSinceNanos = System.nanoTime();
        isWaiting = true;
        try {
            var count = in.read(octets, offset, length);
            if (count < 0 && isOver) {
                throw new SocketTimeoutException("Read timed out");
            }
            return count;
        } finally {
            isWaiting = false;
        }
    }

    /// Whether a read has waited for too long. Then it must be ended, as if the peer had closed the connection.
    boolean isOver(long nowNanos) {
        if (isWaiting && nowNanos - waitingSinceNanos > limitNanos) {
            isOver = true;
        }
        return isOver;
    }
}
