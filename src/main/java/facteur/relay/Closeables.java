package facteur.relay;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be closed at a stop: the last that came is the first to go. One thread at a time.
final class Closeables implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closeables.class);

    /// A part that has something to close.
    @FunctionalInterface
    interface Part {
        void close() throws SQLException;
    }

    private final Deque<Part> parts = new ArrayDeque<>();

    void add(Part part) {
        parts.push(part);
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (SQLException | RuntimeException e) {
                // The other parts are still to be closed.
                LOG.error("stopping", e);
            }
        }
    }
}
