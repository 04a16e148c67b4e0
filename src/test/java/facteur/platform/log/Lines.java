package facteur.platform.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Writes lines of the log, and reads them as another program would.
public final class Lines {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u\\{(\\p{XDigit}+)}|(.))");

    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Lines() {}

    public static String write(LineFormat format, Veil veil, SequencedMap<String, Object> fields) {
        return format.write(Veiled.of(veil, fields));
    }

    /// A record of the log that has such fields, as it is written.
    public static String encode(LineFormat format, Veil veil, List<KeyValuePair> fields) {
        var event = new LoggingEvent("", new LoggerContext().getLogger("journal"), Level.INFO, "", null, null);
        event.setInstant(Instant.EPOCH);
        event.setKeyValuePairs(fields);
        return new String(new LineEncoder(format, veil, Priorities.ON).encode(event), StandardCharsets.UTF_8);
    }

    /// The values as text; a list has commas between.
    public static Map<String, String> read(LineFormat format, String line) {
        return switch (format) {
            case LOGFMT -> logfmt(line);
            case JSON -> json(line);
        };
    }

    private static Map<String, String> logfmt(String line) {
        var fields = new LinkedHashMap<String, String>();
        for (var i = 0; i < line.length();) {
            var equals = line.indexOf('=', i);
            var isQuoted = equals > 0 && line.startsWith("\"", equals + 1);
            var end = isQuoted ? closingQuote(line, equals + 2) : blank(line, equals + 1);
            if (equals < 0 || end < 0 || end < line.length() - 1 && line.charAt(isQuoted ? end + 1 : end) != ' ') {
                throw new AssertionError("no pair at " + i + ": " + line);
            }
            var value = isQuoted ? unescaped(line.substring(equals + 2, end)) : line.substring(equals + 1, end);
            if (fields.put(line.substring(i, equals), value) != null || !isQuoted && value.isEmpty()) {
                throw new AssertionError("twice, or nothing, at " + i + ": " + line);
            }
            i = isQuoted ? end + 2 : end + 1;
        }
        return fields;
    }

    private static int closingQuote(String line, int start) {
        var i = start;
        while (i < line.length() && line.charAt(i) != '"') {
            i += line.charAt(i) == '\\' ? 2 : 1;
        }
        return i < line.length() ? i : -1;
    }

    private static int blank(String line, int start) {
        var end = line.indexOf(' ', start);
        return end < 0 ? line.length() : end;
    }

    private static String unescaped(String quoted) {
        var text = new StringBuilder();
        var escape = ESCAPE.matcher(quoted);
        var end = 0;
        while (escape.find()) {
            text.append(quoted, end, escape.start());
            if (escape.group(1) != null) {
                text.appendCodePoint(Integer.parseInt(escape.group(1), 16));
            } else {
                text.append(switch (escape.group(2)) {
                    case "n" -> "\n";
                    case "r" -> "\r";
                    case "t" -> "\t";
                    default -> escape.group(2);
                });
            }
            end = escape.end();
        }
        return text.append(quoted.substring(end)).toString();
    }

    /// The reader refuses a key that comes twice.
    private static Map<String, String> json(String line) {
        var fields = new LinkedHashMap<String, String>();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AssertionError("no object: " + line);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var key = parser.currentName();
                fields.put(key, parser.nextToken() == JsonToken.START_ARRAY ? joined(parser) : parser.getString());
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new AssertionError("more than an object: " + line);
            }
        }
        return fields;
    }

    private static String joined(JsonParser list) {
        var text = new StringBuilder();
        while (list.nextToken() != JsonToken.END_ARRAY) {
            text.append(text.isEmpty() ? "" : ",").append(list.getString());
        }
        return text.toString();
    }
}
