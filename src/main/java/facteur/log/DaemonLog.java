package facteur.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The daemon's log: on standard output, as its configuration wants it. Until it is opened, and for verbs other than
/// `run`, the log is on standard error, as `logback.xml` says.
public final class DaemonLog {
    /// Ours, in `logback.xml`. Where there is none, somebody else has set the log up, such as an app that tests with us.
    private static final String APPENDER = "log";

    private DaemonLog() {}

    /// From here on.
    public static void open(LogSettings settings, Veil veil) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            if (root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console) {
                console.stop();
                var encoder = new LineEncoder(settings.format(), veil, settings.priorities());
                encoder.setContext(context);
                encoder.start();
                console.setEncoder(encoder);
                console.setTarget("System.out");
                console.start();
                level(settings.level());
            }
        }
    }

    /// What is told of the daemon itself, from here on; events are, whatever it is.
    public static void level(Level level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            if (root.getAppender(APPENDER) != null) {
                root.setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
            }
        }
    }
}
