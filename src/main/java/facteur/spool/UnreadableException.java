package facteur.spool;

import org.jspecify.annotations.Nullable;

/// One letter can't be read back. It says nothing of other letters.
final class UnreadableException extends Exception {
    /// How long.
    enum Kind {
        /// Its rows or its file are damaged or missing.
        FOR_GOOD,
        /// Its file is there, but can't be looked at: perhaps it may be later.
        FOR_NOW
    }

    private final Kind kind;

    UnreadableException(String message, @Nullable Throwable cause) {
        this(message, cause, Kind.FOR_GOOD);
    }

    UnreadableException(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
