package facteur.platform.log;

import java.util.Collection;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// How the fields of a line are written: always one line, in which no value can pass for another field.
///
/// A line is shorter than 48 KB, where systemd's journal would split it, with a second part that the author of the value
/// controls: a text that is too long is cut and ends in `…`.
public enum LineFormat {
    /// `key=value key="two words"`. A value is quoted when it isn't a plain word; in quotes are `\"`, `\\`, `\n`, `\r`,
    /// `\t`, and the code point in braces of other characters that can't be seen. A list is one value, commas between.
    LOGFMT {
        @Override
        public String write(SequencedMap<String, Object> fields) {
            var line = new StringBuilder();
            fields.forEach((key, value) -> {
                line.append(line.isEmpty() ? "" : " ").append(key).append('=');
                var text = value instanceof Collection<?> list
                        ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                        : value.toString();
                Logfmt.append(line, text, room(line));
            });
            return line.toString();
        }
    },

    /// A JSON object (RFC 8259) in US-ASCII. Numbers are numbers, a list is an array.
    JSON {
        @Override
        public String write(SequencedMap<String, Object> fields) {
            var line = new StringBuilder("{");
            fields.forEach((key, value) -> {
                line.append(line.length() == 1 ? "" : ",");
                JsonLine.append(line, key, MOST_OF_A_VALUE);
                line.append(':');
                switch (value) {
                    case Number number -> line.append(number);
                    case Collection<?> list -> {
                        var separator = "[";
                        for (var element : list) {
                            line.append(separator);
                            JsonLine.append(line, element.toString(), room(line));
                            separator = ",";
                            if (room(line) == 0) {
                                break;
                            }
                        }
                        line.append(list.isEmpty() ? "[]" : "]");
                    }
                    case Object text -> JsonLine.append(line, text.toString(), room(line));
                }
            });
            return line.append('}').toString();
        }
    };

    /// Characters as written; one of ours is three octets at most, since what lies beyond U+FFFF counts as two.
    static final int MOST_OF_A_LINE = 14_000;

    static final int MOST_OF_A_VALUE = 8_000;

    /// @param fields texts, numbers, or collections of texts, by their keys
    public abstract String write(SequencedMap<String, Object> fields);

    private static int room(StringBuilder line) {
        return Math.clamp(MOST_OF_A_LINE - line.length(), 0, MOST_OF_A_VALUE);
    }
}
