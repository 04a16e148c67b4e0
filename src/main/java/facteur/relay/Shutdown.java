package facteur.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be closed at a stop, and in which order. Parts say at which step they are closed when they are opened, so that
/// a start that fails halfway closes what it has opened, in the same order. One thread at a time.
final class Shutdown implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /// In this order: first no new settings and no new letters, then no new attempts, then the disk.
    enum Step {
        /// No change of settings from here on.
        CONSOLE,
        /// Apps that wait for a first attempt get their reply: no connection waits for an upstream from here on.
        WAITING_APPS,
        /// Letters that are being received get their reply. It needs the queues and the rules.
        INBOUND,
        /// A check that ends now may write to an office, through the queues.
        DOMAINS,
        /// Attempts in progress end, each within its timeout. Their results need the spool.
        OUTBOUND,
        /// Until here the admin port reports the stop. It asks about all that is closed below.
        ADMIN,
        /// No reload from here on: it would open another source of settings.
        RELOADS,
        /// Letters that were being received needed them.
        RULES,
        /// Connections of slow readers are closed for as long as listeners wait for them.
        DUTIES,
        SPOOL,
        DATABASE,
        /// Last: its lock keeps another daemon out of all of this.
        FOLDER
    }

    private final Map<Step, Deque<Runnable>> parts = new EnumMap<>(Step.class);

    /// @param close is run once; of those at the same step, the last that was added comes first
    void at(Step step, Runnable close) {
        parts.computeIfAbsent(step, _ -> new ArrayDeque<>()).push(close);
    }

    @Override
    public void close() {
        for (var step : parts.values()) {
            while (!step.isEmpty()) {
                try {
                    step.pop().run();
                } catch (RuntimeException e) {
                    // The other parts are still to be closed.
                    LOG.error("stopping", e);
                }
            }
        }
    }
}
