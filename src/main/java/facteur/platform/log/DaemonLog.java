package facteur.platform.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The daemon's log: on standard output, as its configuration wants it, by a queue that no one waits for. Until it is
/// opened, and for verbs other than `run`, the log is on standard error, as `logback.xml` says. Thread-safe.
public final class DaemonLog {
    /// Ours, in `logback.xml`. Where there is none, another program has configured the log, such as an app that tests with us.
    private static final String APPENDER = "log";

    /// For lines that wait until the output is read: some ten thousand.
    private static final int ROOM_BYTES = 4 * 1024 * 1024;

    /// So long a line may wait for others.
    private static final Duration REST = Duration.ofMillis(5);

    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(5);

    private static volatile @Nullable LineQueue queue;

    private DaemonLog() {}

    /// From here on, until the program ends: what is queued then is written, unless its output is not read.
    public static void open(LogSettings settings, Veil veil) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console) {
                var encoder = new LineEncoder(settings.format(), veil, settings.priorities());
                encoder.setContext(context);
                encoder.start();
                var lines = new LineQueue(
                        new FileOutputStream(FileDescriptor.out),
                        ROOM_BYTES,
                        REST,
                        gap -> encoder.encode(missing(context, gap)),
                        InstantSource.system());
                lines.start();
                var appender = new QueuedAppender(encoder, lines);
                appender.setName(APPENDER);
                appender.setContext(context);
                appender.start();
                root.detachAppender(console);
                console.stop();
                root.addAppender(appender);
                queue = lines;
                Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("log-end").unstarted(DaemonLog::flush));
                level(settings.level());
            }
        }
    }

    /// Logged at any level: the log has a gap.
    private static ILoggingEvent missing(LoggerContext context, LineQueue.Gap gap) {
        return new LoggingEvent(
                DaemonLog.class.getName(),
                context.getLogger(DaemonLog.class),
                ch.qos.logback.classic.Level.WARN,
                "{} lines were dropped since {}: the output was not read",
                null,
                new Object[] {gap.lines(), gap.since()});
    }

    /// Sets the level of lines about the daemon itself; events are always logged.
    public static void level(Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            if (root.getAppender(APPENDER) != null) {
                root.setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
            }
        }
    }

    /// Waits until what was logged by now is written; for five seconds at most, and for one when the output is not read.
    public static void flush() {
        var lines = queue;
        if (lines != null) {
            var _ = lines.flush(LONGEST_FLUSH);
        }
    }

    /// How many lines were dropped because the output was not read.
    public static long droppedLines() {
        var lines = queue;
        return lines == null ? 0 : lines.dropped();
    }

    /// What is wrong with the output; empty when nothing is.
    public static Optional<String> trouble() {
        var lines = queue;
        return lines == null
                ? Optional.empty()
                : lines.gap().map(gap -> "the log's output is not read: " + gap.lines() + " lines were dropped since " + gap.since());
    }
}
