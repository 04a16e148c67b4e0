package facteur.platform.log;

/// A value in [LineFormat#LOGFMT].
final class Logfmt {
    private static final AsciiSet PLAIN = new AsciiSet(Logfmt::isPlain);

    private Logfmt() {}

    /// @param most characters of the value, as written
    static void append(StringBuilder line, String value, int most) {
        if (value.length() <= most && isPlain(value)) {
            line.append(value);
            return;
        }
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
        for (var i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (line.length() >= end) {
                line.append('…');
                break;
            }
            escape(line, value.codePointAt(i));
        }
    }

    private static boolean isPlain(String value) {
        return !value.isEmpty() && (PLAIN.hasAll(value) || isPlainBeyondAscii(value));
    }

    private static boolean isPlainBeyondAscii(String value) {
        for (var i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (!isPlain(value.codePointAt(i))) {
                return false;
            }
        }
        return true;
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
}
