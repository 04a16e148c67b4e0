package facteur.platform.log;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

/// A record of the log that is [Fields] and no text. SLF4J's own would copy them into a list of pairs. Immutable.
record FieldsRecord(String loggerName, Level level, Fields fields) implements LoggingEvent {
    @Override
    public Level getLevel() {
        return level;
    }

    @Override
    public String getLoggerName() {
        return loggerName;
    }

    @Override
    public String getMessage() {
        return "";
    }

    @Override
    public @Nullable List<Object> getArguments() {
        return null;
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return null;
    }

    @Override
    public @Nullable List<Marker> getMarkers() {
        return null;
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return fields;
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return null;
    }

    @Override
    public long getTimeStamp() {
        return System.currentTimeMillis();
    }

    @Override
    public String getThreadName() {
        return Thread.currentThread().getName();
    }
}
