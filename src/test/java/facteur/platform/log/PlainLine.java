package facteur.platform.log;

import java.util.Collection;
import java.util.HexFormat;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Lines as [LineFormat] has to write them, character by character and without a fast path.
final class PlainLine {
    private PlainLine() {}

    static String write(LineFormat format, SequencedMap<String, Object> fields) {
        return switch (format) {
            case LOGFMT -> logfmt(fields);
            case JSON -> json(fields);
        };
    }

    private static String logfmt(SequencedMap<String, Object> fields) {
        var line = new StringBuilder();
        fields.forEach((key, value) -> {
            line.append(line.isEmpty() ? "" : " ").append(key).append('=');
            var text = value instanceof Collection<?> list
                    ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                    : value.toString();
            appendLogfmt(line, text, room(line));
        });
        return line.toString();
    }

    private static String json(SequencedMap<String, Object> fields) {
        var line = new StringBuilder("{");
        fields.forEach((key, value) -> {
            line.append(line.length() == 1 ? "" : ",");
            appendJson(line, key, LineFormat.MOST_OF_A_VALUE);
            line.append(':');
            switch (value) {
                case Number number -> line.append(number);
                case Collection<?> list -> {
                    var separator = "[";
                    for (var element : list) {
                        line.append(separator);
                        appendJson(line, element.toString(), room(line));
                        separator = ",";
                        if (room(line) == 0) {
                            break;
                        }
                    }
                    line.append(list.isEmpty() ? "[]" : "]");
                }
                case Object text -> appendJson(line, text.toString(), room(line));
            }
        });
        return line.append('}').toString();
    }

    private static int room(StringBuilder line) {
        return Math.clamp(LineFormat.MOST_OF_A_LINE - line.length(), 0, LineFormat.MOST_OF_A_VALUE);
    }

    /// @param most characters of the value, as written
    private static void appendLogfmt(StringBuilder line, String value, int most) {
        if (value.length() <= most && isPlain(value)) {
            line.append(value);
            return;
        }
        line.append('"');
        var end = line.length() + most;
        for (var i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (line.length() >= end) {
                line.append('…');
                break;
            }
            escape(line, value.codePointAt(i));
        }
        line.append('"');
    }

    private static boolean isPlain(String value) {
        for (var i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (!isPlain(value.codePointAt(i))) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean isPlain(int character) {
        return Character.isLetter(character)
                || character >= '0' && character <= '9'
                || "@.:/_+,<>[]~*-".indexOf(character) >= 0;
    }

    private static void escape(StringBuilder line, int character) {
        switch (character) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (InvisibleCharacters.is(character)) {
                    line.append("\\u{").append(Integer.toHexString(character)).append('}');
                } else {
                    line.appendCodePoint(character);
                }
            }
        }
    }

    /// @param most characters of the value, as written
    private static void appendJson(StringBuilder line, String value, int most) {
        line.append('"');
        var end = line.length() + most;
        for (var i = 0; i < value.length(); i++) {
            if (line.length() >= end) {
                line.append("\\u2026");
                break;
            }
            var c = value.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        line.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
