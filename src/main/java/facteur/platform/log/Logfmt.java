package facteur.platform.log;

/// A value in [LineFormat#LOGFMT].
final class Logfmt {
    private static final AsciiSet PLAIN = new AsciiSet(Logfmt::isPlain);

    private Logfmt() {}

    /// @param most characters of the value, as written
    static void append(Line line, String value, int most) {
        if (value.length() > most || value.isEmpty()) {
            appendQuoted(line, value, most);
        } else if (!line.appendIf(PLAIN, value)) {
            if (isPlain(value)) {
                line.append(value);
            } else {
                appendQuoted(line, value, most);
            }
        }
    }

    private static void appendQuoted(Line line, String value, int most) {
        line.append('"');
        if (value.length() > most || !line.appendIf(AsciiSet.UNESCAPED, value)) {
            appendEscaped(line, value, most);
        }
        line.append('"');
    }

    private static void appendEscaped(Line line, String value, int most) {
        var end = line.length() + most;
        for (var i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (line.length() >= end) {
                line.append("…");
                break;
            }
            escape(line, value.codePointAt(i));
        }
    }

    private static boolean isPlain(String value) {
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

    private static void escape(Line line, int character) {
        switch (character) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (InvisibleCharacters.is(character)) {
                    line.append("\\u{" + Integer.toHexString(character) + "}");
                } else {
                    line.append(Character.toString(character));
                }
            }
        }
    }
}
