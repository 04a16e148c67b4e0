package facteur.platform.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/// Makes a line of each record, on the thread that logs it, and leaves it in a [LineQueue]. Thread-safe.
///
/// Logback's own AsyncAppender counts records rather than octets, silently drops what doesn't fit, and writes each
/// line by a call of its own.
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private final LineEncoder encoder;
    private final LineQueue queue;

    QueuedAppender(LineEncoder encoder, LineQueue queue) {
        this.encoder = encoder;
        this.queue = queue;
    }

    @Override
    protected void append(ILoggingEvent event) {
        queue.put(encoder.encode(event), importance(event.getLevel()));
    }

    private static LineQueue.Importance importance(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return LineQueue.Importance.ERROR;
        }
        return level.isGreaterOrEqual(Level.WARN) ? LineQueue.Importance.WARNING : LineQueue.Importance.INFO;
    }
}
