package facteur.spool;

import org.jspecify.annotations.Nullable;

/// One letter can't be read back: its rows or its file are damaged or gone. It says nothing of other letters.
final class UnreadableException extends Exception {
    UnreadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
