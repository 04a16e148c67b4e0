package facteur.platform.database;

import facteur.platform.disk.FilePlace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/// One SQLite file, brought to the newest schema when it is opened. One connection writes; a few others read, each
/// from a snapshot, and neither kind waits for the other (write-ahead log). A commit is on disk when it returns
/// (`synchronous=FULL`).
///
/// Two processes may have it open: a daemon, and an operator's command beside it. A writer waits for the other at most
/// ten seconds.
///
/// The write-ahead log goes back into the file only by [#checkpoint]: SQLite's own checkpoint after a commit would
/// forget that an fsync failed.
///
/// Thread-safe; work that is lent a connection runs on the caller's thread.
final class SqliteDatabase implements Database {
    private static final int READERS = 4;
    /// By which SQLite takes back half an update: a file would need a descriptor, and room on a disk, when there is neither.
    private static final String STATEMENT_JOURNAL = "pragma temp_store = memory";

    private final SQLiteDataSource source;
    private final Statements writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final ArrayDeque<Statements> idleReaders = new ArrayDeque<>();
    private final Semaphore readers = new Semaphore(READERS);
    private final ReentrantLock alone = new ReentrantLock();
    private @Nullable Statements aloneReader;
    private volatile long owedPages;
    private volatile Runnable update = () -> {};

    /// Its file, the write-ahead log and the log's index, which exist while any process has the file open.
    private final List<FilePlace> places;

    private SqliteDatabase(SQLiteDataSource source, Statements writer, List<FilePlace> places) {
        this.source = source;
        this.writer = writer;
        this.places = places;
    }

    /// Opens `facteur.db`, makes it when it is new (mode 0600), and migrates it.
    ///
    /// @param state the folder it lies in, which exists
    /// @throws SQLException when it can't be opened, is no database of ours, or was written by a newer facteur
    static SqliteDatabase open(Path state) throws SQLException {
        var file = SqliteFile.in(state);
        file.prepare();
        var source = file.source();
        var writer = new Statements(source.getConnection());
        try {
            writer.execute(STATEMENT_JOURNAL);
            writer.execute("pragma auto_vacuum = incremental");
            writer.execute("pragma journal_mode = wal");
            if (!Migrations.isDone(writer, Dialect.SQLITE)) {
                Migrations.run(source, Dialect.SQLITE);
            }
            return new SqliteDatabase(source, writer, file.places());
        } catch (SQLException | RuntimeException | Error failure) {
            writer.close();
            throw failure;
        }
    }

    /// Opens `facteur.db` for an operator's command, beside a daemon or without one. Makes nothing, migrates nothing, and
    /// leaves the write-ahead log's way into the file to [#checkpoint].
    ///
    /// @param state the folder it lies in
    /// @throws SQLException when it isn't there, can't be opened, or is of another version than this one
    static SqliteDatabase openBeside(Path state) throws SQLException {
        var file = SqliteFile.in(state);
        file.requireThere();
        file.prepareBeside();
        var source = file.source();
        source.getConfig().resetOpenMode(SQLiteOpenMode.CREATE);
        var writer = new Statements(source.getConnection());
        try {
            writer.execute(STATEMENT_JOURNAL);
            writer.first("pragma schema_version", row -> row.getLong(1));
            if (!Migrations.isDone(writer, Dialect.SQLITE)) {
                throw new SQLException(file.path() + Migrations.OTHER_VERSION);
            }
            return new SqliteDatabase(source, writer, List.of());
        } catch (SQLException | RuntimeException | Error failure) {
            writer.close();
            throw failure;
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public int writers() {
        return 1;
    }

    @Override
    public void precede(Runnable first) {
        update = first;
    }

    /// After others that are writing.
    @Override
    public <T> T inTransaction(Work<T> work) throws SQLException {
        update.run();
        writing.lock();
        try {
            writer.execute("begin immediate");
            var result = work.run(writer);
            writer.execute("commit");
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollBack(failure);
            throw failure;
        } finally {
            writing.unlock();
        }
    }

    /// There may be nothing to roll back: SQLite does so by itself when the disk is full. Then this fails, which is
    /// no news.
    private void rollBack(Throwable failure) {
        try {
            writer.execute("rollback");
        } catch (SQLException alreadyRolledBack) {
            failure.addSuppressed(alreadyRolledBack);
        }
    }

    /// There is one writer, so long work is like any other.
    @Override
    public <T> T inLongTransaction(Work<T> work) throws SQLException {
        return inTransaction(work);
    }

    @Override
    public Optional<String> displaced() {
        // After each letter: without a stream.
        for (var place : places) {
            var trouble = place.trouble();
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        return Optional.empty();
    }

    @Override
    public <T> T reading(Work<T> work) throws SQLException {
        update.run();
        return readingAsTheyAre(work);
    }

    @Override
    public <T> T readingAlone(Work<T> work) throws SQLException {
        alone.lock();
        try {
            var reader = aloneReader;
            if (reader == null) {
                var borrowed = borrow();
                if (borrowed.isEmpty()) {
                    return readingByWriter(work);
                }
                reader = borrowed.get();
                aloneReader = reader;
            }
            return work.run(reader);
        } catch (SQLException failure) {
            forgetAloneReader();
            throw failure;
        } finally {
            alone.unlock();
        }
    }

    /// The next work gets another one.
    private void forgetAloneReader() {
        var failed = aloneReader;
        aloneReader = null;
        if (failed != null) {
            closeQuietly(failed);
        }
    }

    @Override
    public <T> T readingAsTheyAre(Work<T> work) throws SQLException {
        readers.acquireUninterruptibly();
        try {
            var reader = borrow();
            if (reader.isEmpty()) {
                return readingByWriter(work);
            }
            try {
                return work.run(reader.get());
            } finally {
                giveBack(reader.get());
            }
        } finally {
            readers.release();
        }
    }

    private <T> T readingByWriter(Work<T> work) throws SQLException {
        writing.lock();
        try {
            return work.run(writer);
        } finally {
            writing.unlock();
        }
    }

    /// Empty when no other connection can be had: there is no descriptor for it, or it would find another file.
    private Optional<Statements> borrow() throws SQLException {
        synchronized (idleReaders) {
            var idle = idleReaders.poll();
            if (idle != null) {
                return Optional.of(idle);
            }
        }
        if (displaced().isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(newReader());
        } catch (SQLException failure) {
            if (Dialect.SQLITE.fault(failure) == Fault.UNAVAILABLE) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private Statements newReader() throws SQLException {
        var reader = new Statements(source.getConnection());
        try {
            // What takes a descriptor, now that it can still be done otherwise.
            reader.first("pragma schema_version", row -> row.getLong(1));
            reader.execute("pragma query_only = on");
            return reader;
        } catch (SQLException | RuntimeException | Error failure) {
            closeQuietly(reader);
            throw failure;
        }
    }

    private void giveBack(Statements reader) {
        synchronized (idleReaders) {
            idleReaders.push(reader);
        }
    }

    @Override
    public Optional<String> doubt() {
        return Optional.empty();
    }

    /// Moves the write-ahead log into the file when it has grown past `pages`.
    @Override
    public void checkpoint(long pages) throws SQLException {
        writing.lock();
        try {
            owedPages = waiting("pragma wal_checkpoint(noop)");
            if (owedPages >= pages) {
                owedPages = waiting("pragma wal_checkpoint(passive)");
            }
        } finally {
            writing.unlock();
        }
    }

    private long waiting(String pragma) throws SQLException {
        return writer.first(pragma, row -> row.getLong(2) - row.getLong(3)).orElse(0L);
    }

    @Override
    public long owedBytes() {
        return owedPages * SqliteFile.PAGE_BYTES;
    }

    /// By `vacuum into`: the driver's online backup starts over each time another process has written, and one does.
    @Override
    public void copyTo(Path file) throws SQLException {
        var reader = new Statements(source.getConnection());
        try {
            reader.update("vacuum into ?", file.toString());
        } finally {
            closeQuietly(reader);
        }
    }

    @Override
    public List<String> damage() throws SQLException {
        return reading(statements -> {
            var damage = new ArrayList<>(statements.list("pragma integrity_check(10)", row -> row.getString(1)));
            damage.removeIf("ok"::equals);
            damage.addAll(statements.list("pragma foreign_key_check", row -> "a row of " + row.getString(1) + " belongs to nothing"));
            return damage;
        });
    }

    @Override
    public void close() {
        synchronized (idleReaders) {
            idleReaders.forEach(SqliteDatabase::closeQuietly);
            idleReaders.clear();
        }
        if (aloneReader != null) {
            closeQuietly(aloneReader);
        }
        places.stream().findFirst().ifPresent(file -> new DeletedFileRescue(file.path()).run(writer));
        closeQuietly(writer);
    }

    /// What was committed is on disk already; the next start finds it in the log.
    private static void closeQuietly(Statements statements) {
        try {
            statements.close();
        } catch (SQLException nothingLost) {
            // Said above.
        }
    }
}
