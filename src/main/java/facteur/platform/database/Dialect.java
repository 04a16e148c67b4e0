package facteur.platform.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;

/// What differs between databases. Everything else is SQL that all of them understand. Immutable.
public enum Dialect {
    SQLITE("blob", "integer", "", "") {
        @Override
        List<String> scripts() {
            return List.of(
                    "V1__spool.sql",
                    "V2__dsn.sql",
                    "V3__history.sql",
                    "V4__delay.sql",
                    "V6__route.sql",
                    "V7__domains.sql",
                    "V8__peer.sql",
                    "V9__trace.sql",
                    "V10__silence.sql",
                    "V11__log.sql",
                    "V12__card.sql",
                    "V13__store.sql",
                    "V14__access.sql",
                    "V15__persons.sql",
                    "V16__suite.sql",
                    "V17__returns.sql",
                    "V18__letter_log.sql");
        }

        @Override
        public Fault fault(SQLException failure) {
            // https://sqlite.org/rescode.html: the low octet is the primary result code.
            return switch (failure.getErrorCode() & 0xFF) {
                case 10 -> failure.getErrorCode() == NO_ROOM_FOR_INDEX ? Fault.FULL : Fault.BROKEN; // IOERR
                case 8 -> failure.getErrorCode() == DATABASE_MOVED ? Fault.BROKEN : Fault.READ_ONLY;
                // CANTOPEN: no descriptor is left, or no memory. Whether the file is gone is found otherwise (Database.displaced).
                case 5, 6, 14 -> Fault.UNAVAILABLE;
                case 13 -> Fault.FULL;
                case 11, 26 -> Fault.BROKEN; // CORRUPT, NOTADB
                default -> Fault.OTHER;
            };
        }
    },
    POSTGRESQL("bytea", "bigint", " for update", " for update skip locked") {
        @Override
        List<String> scripts() {
            return List.of(
                    "V1__spool.sql",
                    "V2__dsn.sql",
                    "V3__history.sql",
                    "V4__delay.sql",
                    "V5__nodes.sql",
                    "V6__route.sql",
                    "V7__domains.sql",
                    "V8__peer.sql",
                    "V9__trace.sql",
                    "V10__silence.sql",
                    "V11__log.sql",
                    "V12__card.sql",
                    "V13__store.sql",
                    "V14__access.sql",
                    "V15__persons.sql",
                    "V16__suite.sql",
                    "V17__returns.sql");
        }

        @Override
        public Fault fault(SQLException failure) {
            if (failure instanceof SQLTransientConnectionException) {
                return Fault.UNAVAILABLE; // The pool has no connection to give.
            }
            // https://www.postgresql.org/docs/current/errcodes-appendix.html
            var state = String.valueOf(failure.getSQLState());
            return switch (state) {
                case "25006" -> Fault.UNAVAILABLE; // It has become a standby.
                case "53100" -> Fault.FULL;
                case "57P01", "57P02", "57P03", "57P05", "53300" -> Fault.UNAVAILABLE; // Going down, coming up, or crowded.
                case "XX001", "XX002" -> Fault.BROKEN; // Damaged pages, damaged index.
                default -> state.startsWith("08") ? Fault.UNAVAILABLE : Fault.OTHER;
            };
        }
    };

    /// SQLITE_READONLY_DBMOVED: the open file is no longer the one in the folder, which a restart would find.
    private static final int DATABASE_MOVED = 8 | 4 << 8;

    /// SQLITE_IOERR_SHMSIZE: the index of the write-ahead log can't grow.
    private static final int NO_ROOM_FOR_INDEX = 10 | 19 << 8;

    private final String octetsType;
    private final String longType;
    private final String lock;
    private final String skipLocked;

    Dialect(String octetsType, String longType, String lock, String skipLocked) {
        this.octetsType = octetsType;
        this.longType = longType;
        this.lock = lock;
        this.skipLocked = skipLocked;
    }

    /// Whether transactions that write come one after another, all by one process.
    public boolean hasOneWriter() {
        return this == SQLITE;
    }

    /// The type of a column of raw octets.
    String octetsType() {
        return octetsType;
    }

    /// The type of a primary key of 64 bits; in SQLite the one word that makes it the table's own order.
    String longType() {
        return longType;
    }

    /// What makes its schema, in order. Versions are counted together: those that only one database needs leave a gap in
    /// the others.
    abstract List<String> scripts();

    /// Ends a `select` whose rows no other transaction may change before this one ends. Empty where there is one writer.
    public String lock() {
        return lock;
    }

    /// Ends a `select` whose rows are about to be claimed, so that nodes which share a database don't wait for each
    /// other. Empty where there is one writer.
    public String skipLocked() {
        return skipLocked;
    }

    /// Gives free pages of the file back to the file system, a few at a time: moving them is work.
    ///
    /// @param kept how many stay, for what comes next
    /// @param limit how many are given back at most
    /// @return how many were given back; 0 where the database sees to that itself, or can't
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
            case POSTGRESQL -> 0L;
        };
    }

    private static long freePages(Statements statements) throws SQLException {
        return statements.first("pragma freelist_count", row -> row.getLong(1)).orElse(0L);
    }

    /// What kind of trouble a failed statement, or commit, is.
    public abstract Fault fault(SQLException failure);
}
