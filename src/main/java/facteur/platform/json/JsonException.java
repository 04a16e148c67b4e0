package facteur.platform.json;

/// Why a text is no JSON that we read, and where.
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    JsonException(int line, int column, String message) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /// Counted from 1.
    public int line() {
        return line;
    }

    /// Counted from 1, in characters.
    public int column() {
        return column;
    }
}
