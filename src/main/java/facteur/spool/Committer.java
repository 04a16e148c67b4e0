package facteur.spool;

import facteur.platform.database.Database;
import facteur.platform.database.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One commit for all who wait.
///
/// A commit costs one fsync, regardless of its size; so a single thread takes all work that has gathered during the
/// last commit, runs it in one transaction, and then completes every caller. Under load the batches grow and the cost
/// of the fsync is shared; alone, a caller pays for one and waits for no other. A database with several writers gets as many
/// threads, each with a batch of its own.
///
/// Where there is a log of letters ([LetterLog]), new letters are appended there first. After the disk failed to store what it was given (an fsync or other I/O error, a damaged file) nothing new
/// is accepted until the next start: an fsync that is tried again may succeed without having written anything. Nor is it when the
/// files are no longer those that the next start will find; that is looked at before each batch with something new and after it, so that no
/// caller believes in a commit that was lost. What the spool answers for already is written on, into the files that are
/// open: they may be put back.
///
/// They are platform threads: the driver blocks in native code, which would hold a carrier of virtual threads. Thread-safe.
final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    static final int BATCH_LIMIT = 256;
    /// How long a batch waits for as many as the last one had.
    private static final Duration GATHERING = Duration.ofMillis(1);

    private final Database database;
    private final List<Thread> threads;
    private final WorkQueue queue;
    private final StorageState state;
    private final Optional<LetterLog> letterLog;
    private final OutageJournal outage;
    private final LongSupplier nanos;
    private final BatchWriter writer;

    private Committer(
            Database database, CommitterDisk disk, Optional<LetterLog> letterLog, OutageJournal outage, LongSupplier nanos) {
        this.database = database;
        this.letterLog = letterLog;
        this.nanos = nanos;
        this.outage = outage;
        // Several threads share what waits among them.
        queue = new WorkQueue(database.writers() == 1 ? GATHERING : Duration.ZERO);
        state = new StorageState(disk::displaced);
        writer = new BatchWriter(database, new WriteAheadLog(database, disk, state), letterLog, state, outage, this::look, nanos);
        threads = Stream.generate(() -> Thread.ofPlatform().name("spool-committer").unstarted(this::run))
                .limit(database.writers())
                .toList();
    }

    /// @param outage hears when the database becomes unreachable, and when it is back
    static Committer start(Database database, CommitterDisk disk, OutageJournal outage) {
        return start(database, disk, Optional.empty(), outage, System::nanoTime);
    }

    /// @param letterLog of a database with one writer; it is the committer's from here on
    /// @param nanos a clock that is never set
    static Committer start(
            Database database, CommitterDisk disk, Optional<LetterLog> letterLog, OutageJournal outage, LongSupplier nanos) {
        var committer = new Committer(database, disk, letterLog, outage, nanos);
        committer.threads.forEach(Thread::start);
        if (letterLog.isPresent()) {
            database.precede(committer::bringUpToDate);
        }
        return committer;
    }

    /// Runs the work in a transaction that others may share. It is on disk when this returns, and undone when this
    /// throws, unless the connection was lost while it was committed. An interrupt is left for later: whether the work was done must be known.
    <T> T commit(Database.Work<T> work) throws SpoolException {
        return commit(work, LogConcern.ANY);
    }

    /// The same, with the tables as they are where it isn't about letters in the log.
    <T> T commit(Database.Work<T> work, LogConcern concern) throws SpoolException {
        return commit(new PendingCommit<>(work, PendingCommit.Kind.KEPT, concern));
    }

    private <T> T commit(PendingCommit<T> mine) throws SpoolException {
        queue.add(mine);
        try {
            return mine.await();
        } catch (CompletionException failure) {
            throw failed(failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /// Reads, on a connection of its own: no other caller waits for it, and what others have not committed isn't seen.
    <T> T read(Database.Work<T> work) throws SpoolException {
        bringUpToDate();
        return readAsTheyAre(work);
    }

    /// The same with the tables as they are, for what isn't about letters in the log.
    <T> T readAsTheyAre(Database.Work<T> work) throws SpoolException {
        try {
            var result = database.readingAsTheyAre(work);
            if (outage.isOn()) {
                probe(); // It may be a standby, which only reads.
            }
            return result;
        } catch (SQLException failure) {
            throw notRead(failure);
        }
    }

    /// What a failed read means.
    SpoolException notRead(SQLException failure) {
        return switch (database.dialect().fault(failure)) {
            case UNAVAILABLE -> {
                outage.began(String.valueOf(failure.getMessage()));
                yield SpoolException.notRead(failure, SpoolException.Remedy.PATIENCE);
            }
            case BROKEN, FULL, READ_ONLY, OTHER -> SpoolException.notRead(failure);
        };
    }

    /// Like [#commit], for what the spool doesn't yet answer for: fails at once when the disk is not to be trusted.
    <T> T commitNew(Database.Work<T> work) throws SpoolException {
        return commitNew(work, LogConcern.ANY);
    }

    /// The same, with the tables as they are where it isn't about letters in the log.
    <T> T commitNew(Database.Work<T> work, LogConcern concern) throws SpoolException {
        state.refuseWhenBroken();
        return sure(new PendingCommit<>(unlessBroken(work), PendingCommit.Kind.NEW, concern));
    }

    /// The same for a letter that is leased from its first moment: where there is a log of letters it may be appended there.
    ///
    /// @param value what comes of that
    <T> T commitNew(Database.Work<T> work, LogConcern concern, LogDraft draft, T value) throws SpoolException {
        state.refuseWhenBroken();
        return sure(new PendingCommit<>(unlessBroken(work), concern, draft, value));
    }

    private <T> Database.Work<T> unlessBroken(Database.Work<T> work) {
        return statements -> {
            var failure = state.broken();
            if (failure.isPresent()) {
                throw new SQLException("the disk failed", failure.get());
            }
            return work.run(statements);
        };
    }

    /// Done or failed: where the files were taken away meanwhile, which of them it is in is unknown.
    private <T> T sure(PendingCommit<T> mine) throws SpoolException {
        T result;
        try {
            result = commit(mine);
        } catch (SpoolException failure) {
            refuseWhenLost();
            throw failure;
        }
        refuseWhenLost();
        return result;
    }

    private void refuseWhenLost() throws SpoolException {
        if (state.isLost()) {
            state.refuseWhenBroken();
        }
    }

    /// Whether letters may be appended to a log first.
    boolean hasLog() {
        return letterLog.isPresent();
    }

    /// How what became of a letter is written: behind the letter in the log, if it is there still; else false.
    boolean end(Settlement settlement) {
        return letterLog.isPresent() && letterLog.get().end(settlement, nanos.getAsLong());
    }

    /// What became of letters that could be written nowhere at the close.
    List<Settlement> unwritten() {
        return letterLog.map(LetterLog::unwritten).orElse(List.of());
    }

    /// Has the tables know what the log has. When that fails they stay as they are: what is read is true, and old.
    private void bringUpToDate() {
        if (letterLog.isPresent() && letterLog.get().isAhead() && !threads.contains(Thread.currentThread())) {
            try {
                var _ = commit(_ -> true);
            } catch (SpoolException behind) {
                LOG.debug("the tables are behind: {}", behind.getMessage());
            }
        }
    }

    /// Like [#commitNew], for megabytes. Where others may write meanwhile it runs on the caller's thread, in a transaction
    /// of its own, so that no other caller waits for it.
    <T> T commitLarge(Database.Work<T> work, LogConcern concern) throws SpoolException {
        return database.dialect().hasOneWriter() ? commitNew(work, concern) : commitAside(work);
    }

    private <T> T commitAside(Database.Work<T> work) throws SpoolException {
        refuseWhenBroken();
        try {
            var result = database.inLongTransaction(work);
            state.back();
            outage.ended();
            return result;
        } catch (SQLException failure) {
            var _ = writer.note(failure);
            throw failed(failure);
        }
    }

    private SpoolException failed(Throwable cause) {
        var isBusy = cause instanceof SQLException failure && database.dialect().fault(failure) == Fault.UNAVAILABLE;
        return new SpoolException(
                "not written: " + cause.getMessage(),
                cause,
                isBusy ? SpoolException.Remedy.PATIENCE : SpoolException.Remedy.STORAGE);
    }

    void refuseWhenBroken() throws SpoolException {
        look();
        state.refuseWhenBroken();
    }

    /// As [StorageState#look]. The log that is open goes into the file that is open, while it can.
    Optional<String> look() {
        return state.look(this::probe);
    }

    /// As [StorageState#unavailable]. To ask makes it try again; what comes of that, the next question hears.
    Optional<String> unavailable() {
        var trouble = state.unavailable();
        if (trouble.isPresent()) {
            probe();
        }
        return trouble;
    }

    /// A transaction that does nothing, unless others wait that do something.
    private void probe() {
        queue.addWhenEmpty(new PendingCommit<>(statements -> "", PendingCommit.Kind.NEW, LogConcern.ANY));
    }

    /// Whether the database was unreachable when last asked.
    boolean isAway() {
        return outage.isOn();
    }

    /// From here on nothing new is accepted.
    void breakDown(Throwable failure) {
        state.breakDown(failure);
    }

    boolean isBroken() {
        return state.isBroken();
    }

    /// How many transactions were committed.
    long commits() {
        return writer.commits();
    }

    /// How many pieces of work have not begun.
    int backlog() {
        return queue.size();
    }

    private void run() {
        while (!queue.isDone()) {
            var batch = queue.take(BATCH_LIMIT, writer.patienceNanos());
            try {
                writer.write(batch);
            } catch (RuntimeException | Error failure) {
                breakDown(failure);
                batch.forEach(each -> each.fail(failure));
            }
        }
        writer.close();
    }

    /// Writes what waits, then ends.
    @Override
    public void close() {
        queue.close();
        var interrupted = false;
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
