package facteur.platform.log;

import java.util.HexFormat;

/// A text in [LineFormat#JSON].
final class JsonLine {
    private JsonLine() {}

    /// @param most characters of the value, as written
    static void append(Line line, String value, int most) {
        line.append('"');
        if (value.length() > most || !line.appendIf(AsciiSet.UNESCAPED, value)) {
            appendEscaped(line, value, most);
        }
        line.append('"');
    }

    private static void appendEscaped(Line line, String value, int most) {
        var end = line.length() + most;
        for (var i = 0; i < value.length(); i++) {
            if (line.length() >= end) {
                line.append("\\u2026");
                break;
            }
            escape(line, value.charAt(i));
        }
    }

    private static void escape(Line line, char c) {
        switch (c) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (c < ' ' || c > '~') {
                    line.append("\\u" + HexFormat.of().toHexDigits(c));
                } else {
                    line.append(c);
                }
            }
        }
    }
}
