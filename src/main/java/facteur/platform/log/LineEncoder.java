package facteur.platform.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/// Writes each record of the log as one line: `ts` and `level`; then the fields of an event, or `logger` and `msg`, and
/// `stack` when there is one. Thread-safe.
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
    /// Most lines are shorter.
    private static final int ROOM = 512;

    private final TimeText time = new TimeText();
    private final LineFormat format;
    private final Veil veil;
    private final boolean withPriority;
    private final boolean withStack;

    /// As `logback.xml` has it: before the configuration is read, and for verbs that only a person waits for. A stack is
    /// for that person when asked for, by `FACTEUR_STACK` in the environment.
    public LineEncoder() {
        this(LineFormat.LOGFMT, new Veil.None(), Priorities.OFF, System.getenv("FACTEUR_STACK") != null);
    }

    LineEncoder(LineFormat format, Veil veil, Priorities priorities) {
        this(format, veil, priorities, true);
    }

    private LineEncoder(LineFormat format, Veil veil, Priorities priorities, boolean withStack) {
        this.format = format;
        this.veil = veil;
        this.withStack = withStack;
        this.withPriority = priorities.areWritten(System.getenv("JOURNAL_STREAM"));
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new StringBuilder(ROOM);
        if (veil instanceof Veil.None && event.getKeyValuePairs() instanceof Fields fields && event.getThrowableProxy() == null) {
            write(line, event, fields);
        } else {
            format.write(line, Veiled.of(veil, fields(event)));
        }
        if (withPriority) {
            line.insert(0, priority(event)); // Last, since it counts for no limit of the format.
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Without a map of them: for most lines.
    private void write(StringBuilder line, ILoggingEvent event, Fields fields) {
        format.open(line);
        format.append(line, "ts", time.of(event.getInstant()));
        format.append(line, "level", event.getLevel().toString());
        for (var i = 0; i < fields.size(); i++) {
            var value = fields.value(i);
            if (!(value instanceof LetterAddresses)) {
                format.append(line, fields.key(i), value);
            }
        }
        format.close(line);
    }

    private SequencedMap<String, Object> fields(ILoggingEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("ts", time.of(event.getInstant()));
        fields.put("level", event.getLevel().toString());
        var pairs = event.getKeyValuePairs();
        if (pairs == null || pairs.isEmpty()) {
            fields.put("logger", event.getLoggerName());
            fields.put("msg", Objects.requireNonNullElse(event.getFormattedMessage(), ""));
        } else {
            pairs.forEach(pair -> fields.put(pair.key, Objects.requireNonNullElse(pair.value, "")));
        }
        if (withStack && event.getThrowableProxy() != null) {
            fields.put("stack", StackText.of(event.getThrowableProxy()));
        }
        return fields;
    }

    /// syslog(3): of an error 3, of a warning 4, 6 for information, 7 for details.
    private static String priority(ILoggingEvent event) {
        var level = event.getLevel().toInt();
        if (level >= ch.qos.logback.classic.Level.ERROR_INT) {
            return "<3>";
        }
        if (level >= ch.qos.logback.classic.Level.WARN_INT) {
            return "<4>";
        }
        return level >= ch.qos.logback.classic.Level.INFO_INT ? "<6>" : "<7>";
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
