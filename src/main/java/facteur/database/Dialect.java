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

    /// Gives free pages of the file back to the file system, a few at a time: moving them is work.
    ///
    /// @param kept so many stay, for what comes next
    /// @param limit so many go at most
    /// @return how many went; 0 where the database sees to that itself, or can't
    public long shrink(Statements statements, long kept, long limit) throws SQLException {
        return switch (this) {
            case SQLITE -> {
                var before = freePages(statements);
                var pages = Math.min(before - kept, limit);
                if (pages <= 0) {
                    yield 0L;
                }
                statements.executeToTheEnd("pragma incremental_vacuum(" + pages + ")");
                yield before - freePages(statements);
            }
        };
    }

    private static long freePages(Statements statements) throws SQLException {
        return statements.first("pragma freelist_count", row -> row.getLong(1)).orElse(0L);
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
