package facteur.platform.log;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.slf4j.Logger;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventAware;

/// The fields of an event, in order. Our log reads them as they are; for any other they are a list of pairs, which are made when it asks
/// for them. No key comes twice, nor is one `ts`, `level` or `stack`.
public abstract class Fields extends AbstractList<KeyValuePair> implements RandomAccess {
    /// Such as `due-at`.
    protected abstract String key(int index);

    /// A text, a number, or a collection of texts; or [LetterAddresses].
    protected abstract Object value(int index);

    /// The same for a [Veil]: [Personal] or [Quoted], or a collection of these, unless the words are our own.
    protected abstract Object forVeil(int index);

    @Override
    public final KeyValuePair get(int index) {
        return new KeyValuePair(key(index), forVeil(index));
    }

    /// Makes them a record of the log.
    public final void log(Logger logger, Level level) {
        if (logger instanceof LoggingEventAware aware && logger.isEnabledForLevel(level)) {
            aware.log(new FieldsRecord(logger.getName(), level, this));
        } else {
            var line = logger.atLevel(level);
            forEach(pair -> {
                var _ = line.addKeyValue(pair.key, pair.value); // Always itself.
            });
            line.log("");
        }
    }
}
