package facteur.database;

import java.sql.SQLException;

/// What databases say differently. Everything else is SQL that all of them understand. Immutable.
public enum Dialect {
    SQLITE("blob", "begin immediate", "");

    private final String octetsType;
    private final String begin;
    private final String skipLocked;

    Dialect(String octetsType, String begin, String skipLocked) {
        this.octetsType = octetsType;
        this.begin = begin;
        this.skipLocked = skipLocked;
    }

    /// The type of a column of raw octets.
    String octetsType() {
        return octetsType;
    }

    /// Starts a transaction that will write.
    String begin() {
        return begin;
    }

    /// Ends a `select` whose rows are about to be claimed, so that nodes which share a database don't wait for each
    /// other. Empty where there is one writer.
    public String skipLocked() {
        return skipLocked;
    }

    public Fault fault(SQLException failure) {
        // https://sqlite.org/rescode.html: the low octet is the primary result code.
        return switch (failure.getErrorCode() & 0xFF) {
            case 5, 6 -> Fault.BUSY;
            case 13 -> Fault.FULL;
            case 8, 10, 11, 14, 26 -> Fault.BROKEN; // READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB
            default -> Fault.OTHER;
        };
    }
}
