package facteur.spool;

import java.sql.SQLException;

/// The spool could not read or write: disk full, I/O error, database damaged, busy or away. Nothing was half done.
public sealed class SpoolException extends Exception permits KnownLetterException {
    /// What would help.
    public enum Remedy {
        /// Room on the disk, or a better one.
        STORAGE,
        /// Time: the database is unreachable, or locked.
        PATIENCE
    }

    private final Remedy remedy;

    public SpoolException(String message) {
        super(message);
        remedy = Remedy.STORAGE;
    }

    public SpoolException(String message, Throwable cause) {
        this(message, cause, Remedy.STORAGE);
    }

    SpoolException(String message, Throwable cause, Remedy remedy) {
        super(message, cause);
        this.remedy = remedy;
    }

    static SpoolException notRead(SQLException failure) {
        return notRead(failure, Remedy.STORAGE);
    }

    static SpoolException notRead(SQLException failure, Remedy remedy) {
        return new SpoolException("not read: " + failure.getMessage(), failure, remedy);
    }

    /// What the database said, for those whose business ends where it is away.
    public SQLException database() {
        return getCause() instanceof SQLException cause ? cause : new SQLException(this);
    }

    public Remedy remedy() {
        return remedy;
    }

    /// What happened, and by what where that is known, for a log.
    public String report() {
        var message = String.valueOf(getMessage());
        return getCause() == null ? message : message + ": " + getCause();
    }
}
