package facteur.platform.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.ReentryGuard;
import ch.qos.logback.core.util.ReentryGuardFactory;

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

    /// None: no line is logged here. Logback's own would leave an entry in each virtual thread.
    @Override
    protected ReentryGuard buildReentryGuard() {
        return ReentryGuardFactory.makeGuard(ReentryGuardFactory.GuardType.NOP);
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
