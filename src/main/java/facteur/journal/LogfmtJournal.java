package facteur.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes each event as one logfmt line: `event=relayed id=… recipient=… reply="250 2.0.0 ok"`.
///
/// The words are those of [MailEvent]: the record's name in kebab case, then its components in order. A value is quoted
/// when it isn't a plain word; control characters are escaped, so no value can start a line of its own.
public final class LogfmtJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger("journal");

    private static final Pattern HUMP = Pattern.compile("(?<=.)(?=\\p{Upper})");
    private static final Pattern PLAIN = Pattern.compile("[\\p{Alnum}\\p{L}@.:/_+,<>\\[\\]-]+");

    @Override
    public void record(MailEvent event) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{}", line(event));
        }
    }

    static String line(MailEvent event) {
        var line = new StringBuilder("event=").append(name(event.getClass()));
        for (var component : event.getClass().getRecordComponents()) {
            line.append(' ').append(kebab(component.getName())).append('=').append(quote(text(event, component)));
        }
        return line.toString();
    }

    /// What a kind of event is called, here and in [Meters]: `in-doubt`.
    static String name(Class<?> kind) {
        return kebab(kind.getSimpleName());
    }

    private static String text(MailEvent event, RecordComponent component) {
        try {
            return switch (component.getAccessor().invoke(event)) {
                case Collection<?> values -> values.stream().map(Object::toString).collect(Collectors.joining(","));
                case Object value -> value.toString();
            };
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("records of this package can be read", e);
        }
    }

    private static String kebab(String name) {
        return HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    private static String quote(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        var quoted = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    switch (Character.getType(c)) {
                        case Character.CONTROL,
                                Character.FORMAT,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.SURROGATE -> quoted.append("\\u{%x}".formatted(c));
                        default -> quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
