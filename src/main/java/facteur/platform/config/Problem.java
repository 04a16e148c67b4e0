package facteur.platform.config;

import java.nio.file.Path;
import java.util.Optional;

/// One mistake in a configuration file or document, in words for the operator. Immutable.
///
/// The key and the message are made fit for a terminal and a log: one line, no control characters, bounded length.
///
/// @param origin the file, as it was named to us; or where else the text came from
/// @param line counted from 1; 0 when the text as a whole is meant
/// @param key the full key, such as `listeners[0].address`; empty when the text as a whole is meant
/// @param code one of [ProblemCode], or of the codes of a package: what programs know the mistake by
/// @param message what is wrong, and what would be right
/// @param nearest the known word that was probably meant
public record Problem(String origin, int line, String key, String code, String message, Optional<String> nearest) {
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_MESSAGE = 500;

    public Problem {
        key = printable(key, LONGEST_KEY);
        message = printable(message, LONGEST_MESSAGE);
    }

    public Problem(Path file, int line, String key, String message) {
        this(file.toString(), line, key, message);
    }

    public Problem(String origin, int line, String key, String message) {
        this(origin, line, key, ProblemCode.VALUE_INVALID, message);
    }

    public Problem(String origin, int line, String key, String code, String message) {
        this(origin, line, key, code, message, Optional.empty());
    }

    /// `conf/facteur.yaml:12: listeners[0].adress: unknown key; did you mean 'address'?`
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(printable(origin, Integer.MAX_VALUE));
        if (line > 0) {
            text.append(':').append(line);
        }
        if (!key.isEmpty()) {
            text.append(": ").append(key);
        }
        return text.append(": ").append(message).toString();
    }

    private static String printable(String text, int longest) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(longest).forEach(point -> clean.appendCodePoint(isPrintable(point) ? point : '?'));
        return text.codePointCount(0, text.length()) > longest ? clean.append('…').toString() : clean.toString();
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
