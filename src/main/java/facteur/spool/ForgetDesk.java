package facteur.spool;

import facteur.platform.database.Database;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import facteur.platform.log.Erasure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Where an operator has one person forgotten in the message log, beside a running daemon or without one. Rows stay, so that
/// what became of the other recipients of a letter can still be read; what names the person is removed. Letters in the queue stay as
/// they are: they can't be sent without the address.
///
/// Reads back through the log, a stretch at a time, and writes a few letters a transaction, with a pause. For one thread.
public final class ForgetDesk {
    private static final int FEW = 50;
    private static final long PAUSE_NANOS = 30_000_000;

    private final Database database;
    private final String address;
    private final ForgottenRows rows;

    /// @param erasure of the address
    public ForgetDesk(Database database, String address, Erasure erasure) {
        this.database = database;
        this.address = address;
        this.rows = new ForgottenRows(erasure);
    }

    /// Letters that have to do with the person, by their ids, the latest first.
    public record Found(List<String> ended, List<String> waiting) {}

    /// Those that there are; a letter of which only a reply contains the address is one.
    public Found find() throws SpoolException {
        var ended = new ArrayList<String>();
        var waiting = new ArrayList<String>();
        var before = Optional.<String>empty();
        while (true) {
            var end = before;
            var stretch = read(statements -> LogRows.stretch(statements, end, LogRows.STRETCH));
            if (stretch.isEmpty()) {
                return new Found(ended, waiting);
            }
            for (var letter : read(statements -> ForgottenRows.concerned(statements, stretch.get().from(), end, address))) {
                (letter.isEnded() ? ended : waiting).add(letter.id());
            }
            before = Optional.of(stretch.get().from());
        }
    }

    /// Takes the person out of ended letters.
    ///
    /// @param listener gets them, some at a time
    public void forget(List<String> ended, Consumer<List<String>> listener) throws SpoolException {
        // Of two writers that hold several rows each may wait for the other, where there can be two.
        var together = database.dialect() == Dialect.SQLITE ? FEW : 1;
        for (var from = 0; from < ended.size(); from += together) {
            var few = ended.subList(from, Math.min(from + together, ended.size()));
            try {
                var _ = database.inTransaction(statements -> forget(statements, few));
            } catch (SQLException failure) {
                throw new SpoolException("not written: " + failure.getMessage(), failure);
            }
            listener.accept(few);
            if (few.size() == FEW) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /// How often the person is on the lists of addresses that don't work: by the address, or in a host's words about another.
    public int listed() throws SpoolException {
        return read(rows::listed);
    }

    /// Takes the person off these.
    public void forgetAddress() throws SpoolException {
        try {
            var _ = database.inTransaction(statements -> {
                overwrite(statements);
                return rows.forgetAddress(statements);
            });
        } catch (SQLException failure) {
            throw new SpoolException("not written: " + failure.getMessage(), failure);
        }
    }

    private int forget(Statements statements, List<String> few) throws SQLException {
        overwrite(statements);
        for (var id : few) {
            rows.forget(statements, id);
        }
        return few.size();
    }

    private void overwrite(Statements statements) throws SQLException {
        if (database.dialect() == Dialect.SQLITE) {
            // https://sqlite.org/pragma.html#pragma_secure_delete: what goes is written over with zeros.
            var _ = statements.first("pragma secure_delete = on", row -> row.getInt(1));
        }
    }

    private <T> T read(Database.Work<T> work) throws SpoolException {
        try {
            return database.reading(work);
        } catch (SQLException failure) {
            throw SpoolException.notRead(failure);
        }
    }
}
