package facteur.platform.log;

import java.util.Collection;
import java.util.SequencedMap;
import java.util.StringJoiner;

/// How the fields of a line are written: always one line, in which no value can pass for another field.
///
/// A line is shorter than 48 KB, where systemd's journal would split it, with a second part that the author of the value
/// controls: a text that is too long is cut and ends in `…`.
public enum LineFormat {
    /// `key=value key="two words"`. A value is quoted when it isn't a plain word; in quotes are `\"`, `\\`, `\n`, `\r`,
    /// `\t`, and the code point in braces of other characters that can't be seen. A list is one value, commas between.
    LOGFMT {
        @Override
        void open(StringBuilder line) {}

        @Override
        void append(StringBuilder line, String key, Object value) {
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(key).append('=');
            var text = value instanceof Collection<?> list ? joined(list) : value.toString();
            Logfmt.append(line, text, room(line));
        }

        @Override
        void close(StringBuilder line) {}

        private static String joined(Collection<?> list) {
            var text = new StringJoiner(",");
            list.forEach(element -> text.add(element.toString()));
            return text.toString();
        }
    },

    /// A JSON object (RFC 8259) in US-ASCII. Numbers are numbers, a list is an array.
    JSON {
        @Override
        void open(StringBuilder line) {
            line.append('{');
        }

        @Override
        void append(StringBuilder line, String key, Object value) {
            if (line.length() > 1) {
                line.append(',');
            }
            JsonLine.append(line, key, MOST_OF_A_VALUE);
            line.append(':');
            switch (value) {
                case Number number -> line.append(number);
                case Collection<?> list -> append(line, list);
                case Object text -> JsonLine.append(line, text.toString(), room(line));
            }
        }

        private static void append(StringBuilder line, Collection<?> list) {
            var separator = '[';
            for (var element : list) {
                line.append(separator);
                JsonLine.append(line, element.toString(), room(line));
                separator = ',';
                if (room(line) == 0) {
                    break;
                }
            }
            line.append(list.isEmpty() ? "[]" : "]");
        }

        @Override
        void close(StringBuilder line) {
            line.append('}');
        }
    };

    /// Characters as written; one of ours is three octets at most, since what lies beyond U+FFFF counts as two.
    static final int MOST_OF_A_LINE = 14_000;

    static final int MOST_OF_A_VALUE = 8_000;

    /// Begins a line.
    abstract void open(StringBuilder line);

    /// @param value a text, a number, or a collection of texts
    abstract void append(StringBuilder line, String key, Object value);

    /// Ends it.
    abstract void close(StringBuilder line);

    /// @param fields texts, numbers, or collections of texts, by their keys
    public String write(SequencedMap<String, Object> fields) {
        var line = new StringBuilder();
        write(line, fields);
        return line.toString();
    }

    final void write(StringBuilder line, SequencedMap<String, Object> fields) {
        open(line);
        fields.forEach((key, value) -> append(line, key, value));
        close(line);
    }

    private static int room(StringBuilder line) {
        return Math.clamp(MOST_OF_A_LINE - line.length(), 0, MOST_OF_A_VALUE);
    }
}
