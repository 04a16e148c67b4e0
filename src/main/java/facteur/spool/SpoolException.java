package facteur.spool;

/// The spool could not read or write: disk full, I/O error, database damaged or busy. Nothing was half done.
public final class SpoolException extends Exception {
    public SpoolException(String message) {
        super(message);
    }

    public SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
