package facteur.spool;

import facteur.platform.commitlog.CommitLog;
import facteur.platform.commitlog.CommitLogGap;
import facteur.platform.database.Database;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import facteur.platform.disk.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Brings tables up to date that a [LetterLog] is ahead of: what a process left that died, or, for an operator's command, what the daemon
/// has written a moment ago.
public final class LetterLogReplay {
    private LetterLogReplay() {}

    /// What a replay has found.
    ///
    /// @param letters that weren't in the tables
    /// @param lost how many records are damaged or missing
    record Result(int letters, int lost) {}

    /// For a command that has opened a database of a state folder: it sees every letter then that was accepted before.
    ///
    /// @throws SQLException when it can't
    public static void beside(Path state, Database database) throws SQLException {
        if (database.dialect() == Dialect.SQLITE && isAhead(state, database)) {
            var _ = run(state, database);
        }
    }

    /// Whether a log holds letters that a database that isn't there may not have had.
    static boolean hasLetters(Path state) throws IOException {
        return CommitLog.isAny(state.resolve(LetterLog.NAME));
    }

    /// A record that is just being written counts as none. The daemon may write elsewhere and begin from the start between the two looks: what
    /// that looks like is for [#run] to judge, which keeps it from doing so.
    private static boolean isAhead(Path state, Database database) throws SQLException {
        var row = database.reading(LetterLogRow::read);
        try {
            return !CommitLog.read(state.resolve(LetterLog.NAME), row.round(), row.applied()).contents().isEmpty();
        } catch (CommitLogGap later) {
            return true;
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    /// @throws SQLException when the tables can't be written, or the log isn't theirs
    static Result run(Path state, Database database) throws SQLException {
        return database.inTransaction(statements -> {
            // No other process writes now: the daemon has its log written from the start only after a transaction of its own.
            var records = records(state, LetterLogRow.read(statements));
            var letters = replay(statements, records);
            LetterLogRow.apply(statements, records.end());
            return new Result(letters, records.lost());
        });
    }

    /// Keeps a copy of a damaged log, beside any earlier one. On disk when this returns.
    static Path setAside(Path state) throws IOException {
        var number = 1;
        var copy = state.resolve(LetterLog.NAME + ".damaged");
        while (Files.exists(copy)) {
            copy = state.resolve(LetterLog.NAME + ".damaged." + ++number);
        }
        Files.copy(state.resolve(LetterLog.NAME), copy, StandardCopyOption.COPY_ATTRIBUTES);
        PrivateFolder.sync(copy, StandardOpenOption.WRITE);
        new PrivateFolder(state).sync();
        return copy;
    }

    private static CommitLog.Records records(Path state, LetterLogRow row) throws SQLException {
        try {
            return CommitLog.read(state.resolve(LetterLog.NAME), row.round(), row.applied());
        } catch (CommitLogGap foreign) {
            throw new SQLException("the database is older than " + LetterLog.NAME + ", or another's: " + foreign.getMessage()
                    + ". Put the database back that belongs to it, or restore a backup; or, to give up what is in it alone, move it away", foreign);
        } catch (IOException failure) {
            throw unreadable(failure);
        }
    }

    private static SQLException unreadable(IOException failure) {
        return new SQLException("cannot read " + LetterLog.NAME + ": " + failure, failure);
    }

    private static int replay(Statements statements, CommitLog.Records records) throws SQLException {
        var letters = new LinkedHashMap<String, LoggedLetter>();
        var ends = new LinkedHashMap<String, Settlement>();
        for (var content : records.contents()) {
            switch (parsed(content)) {
                case LogRecord.Came(var letter) -> letters.put(letter.id(), letter);
                case LogRecord.Ended(var settlement) -> ends.put(settlement.id().text(), settlement);
            }
        }
        for (var letter : letters.values()) {
            if (LetterRows.isThere(statements, letter.id())) {
                continue; // Written there when the log had no room on the disk.
            }
            insert(statements, letter, Optional.ofNullable(ends.remove(letter.id())).flatMap(Settlement::ended));
        }
        settle(statements, ends);
        return letters.size();
    }

    /// Of letters that a command has written while they were on their way.
    private static void settle(Statements statements, Map<String, Settlement> ends) throws SQLException {
        var queue = new QueueRows(Dialect.SQLITE);
        for (var end : ends.values()) {
            var _ = end.write(statements, queue);
        }
    }

    private static LogRecord parsed(byte[] content) throws SQLException {
        try {
            return LogRecord.parse(content);
        } catch (IOException | RuntimeException other) {
            throw new SQLException(LetterLog.NAME + " holds what this version can't read: " + other.getMessage(), other);
        }
    }

    /// Writes a letter into the tables: as one that is being relayed, or that has been.
    static void insert(Statements statements, LoggedLetter letter, Optional<Settlement.Ended> ended) throws SQLException {
        if (!letter.key().isEmpty()) {
            LetterKeyRows.insert(statements, letter.key());
        }
        if (ended.isPresent()) {
            LetterRows.insertEnded(statements, letter, ended.get());
            AttemptRows.insert(statements, letter.id(), ended.get().attempts());
        } else {
            LetterRows.insert(statements, letter);
            QueueRows.insert(statements, letter.queue());
        }
    }
}
