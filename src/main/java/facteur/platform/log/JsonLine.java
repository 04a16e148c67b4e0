package facteur.platform.log;

import java.util.HexFormat;

/// A text in [LineFormat#JSON].
final class JsonLine {
    private JsonLine() {}

    /// @param most characters of the value, as written
    static void append(StringBuilder line, String value, int most) {
        line.append('"');
        if (value.length() <= most && AsciiSet.UNESCAPED.hasAll(value)) {
            line.append(value);
        } else {
            appendEscaped(line, value, most);
        }
        line.append('"');
    }

    private static void appendEscaped(StringBuilder line, String value, int most) {
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
    }
}
