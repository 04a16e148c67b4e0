package facteur.spool;

import facteur.database.Database;
import facteur.database.Fault;
import facteur.database.Statements;
import facteur.message.BodyFiles;
import facteur.message.FileBody;
import facteur.message.MemoryBody;
import facteur.message.Message;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The spool in a [Database], large bodies in files beside it.
///
/// **Accepting.** A body in a file is fsynced, moved into the spool and its folder fsynced, before the row that names it
/// is committed; so a row never names a file that isn't there, and a crash leaves at most a file without a row, which the
/// next start sweeps. A small body lies in the row. All rows of a letter are one transaction of the [Committer].
///
/// **Claiming.** A claim is a commit like any other; the letters are then read on another connection. One that can't be
/// read is put on hold with a reason that starts with `corrupt:`, and the others flow. Each lease counts up the letter's
/// epoch; whoever settles with an old epoch, or after a restart took the lease back, changes nothing.
///
/// **Memory.** Nothing grows with the number of letters: what is due is asked of the index `queue_due`.
///
/// Thread-safe.
public final class SqlSpool implements Spool {
    /// What stays free in the file for what comes next: 16 MB.
    private static final long FREE_PAGES = 4_000;
    private static final long SHRINK_PAGES = 250;

    private final StateFolder folder;
    private final Database database;
    private final long floorBytes;
    private final InstantSource time;
    private final String owner;
    private final Committer committer;
    private final QueueRows queue;
    private final LetterRows letters;

    private SqlSpool(StateFolder folder, Database database, long floorBytes, InstantSource time) {
        this.folder = folder;
        this.database = database;
        this.floorBytes = floorBytes;
        this.time = time;
        owner = ProcessHandle.current().pid() + "@" + time.millis();
        queue = new QueueRows(database.dialect());
        letters = new LetterRows(folder);
        committer = Committer.start(database);
    }

    /// Opens the spool, takes back what an earlier run had leased, and sweeps what it left half done.
    ///
    /// @param folder opened before the database and closed after it, both by the caller
    /// @param floorBytes of free disk space, below which no letter is accepted
    public static SqlSpool open(StateFolder folder, Database database, long floorBytes, InstantSource time)
            throws SpoolException {
        var spool = new SqlSpool(folder, database, floorBytes, time);
        try {
            spool.recover();
            return spool;
        } catch (IOException failure) {
            spool.close();
            throw new SpoolException("cannot sweep " + folder.path() + ": " + failure, failure);
        } catch (SpoolException | RuntimeException | Error failure) {
            spool.close();
            throw failure;
        }
    }

    private void recover() throws SpoolException, IOException {
        committer.commit(statements -> queue.takeBack(statements, time.instant()));
        folder.sweep(id -> read(statements -> letters.hasBodyFile(statements, id)));
    }

    @Override
    public BodyFiles bodyFiles() {
        return folder::newBodyFile;
    }

    @Override
    public Spooled acceptActive(Letter letter) throws SpoolException {
        var lease = new Lease(owner, 1);
        var kept = keep(letter, (statements, id) -> queue.insertActive(statements, id, time.instant(), lease));
        var recipients = letter.envelope().recipients().stream().map(Recipient::pending).toList();
        return new Spooled(kept, lease, 0, Optional.empty(), recipients);
    }

    @Override
    public void acceptDeferred(Letter letter, Instant dueAt) throws SpoolException {
        keep(letter, (statements, id) -> queue.insertDeferred(statements, id, dueAt));
    }

    /// Puts a letter that is being accepted into the queue.
    private interface Enqueue {
        void run(Statements statements, QueueId id) throws SQLException;
    }

    private Letter keep(Letter letter, Enqueue enqueue) throws SpoolException {
        return switch (letter.message().body()) {
            case MemoryBody inMemory -> keepRows(letter, enqueue);
            case FileBody arrived -> keepFile(letter, arrived, enqueue);
        };
    }

    private Letter keepRows(Letter letter, Enqueue enqueue) throws SpoolException {
        requireSpace(letter.message().sizeBytes());
        return committer.commitNew(statements -> {
            letters.insert(statements, letter);
            enqueue.run(statements, letter.id());
            return letter;
        });
    }

    private Letter keepFile(Letter letter, FileBody arrived, Enqueue enqueue) throws SpoolException {
        var kept = moveIn(letter, arrived);
        try {
            return keepRows(letter.withMessage(new Message(letter.message().header(), kept)), enqueue);
        } catch (SpoolException failure) {
            // A failed fsync doesn't tell whether the row will be there after a restart; the sweep will see.
            if (!committer.isBroken()) {
                StateFolder.discard(kept.file());
            }
            throw failure;
        }
    }

    private FileBody moveIn(Letter letter, FileBody arrived) throws SpoolException {
        try {
            requireSpace(letter.message().header().sizeBytes());
            committer.refuseWhenBroken();
            return folder.keep(letter.id(), arrived);
        } catch (SpoolException failure) {
            StateFolder.discard(arrived.file());
            throw failure;
        } catch (IOException failure) {
            StateFolder.discard(arrived.file());
            var harmless = failure instanceof NoSuchFileException || failure instanceof FileAlreadyExistsException;
            if (!harmless && !isFull(failure)) {
                committer.breakDown(failure);
            }
            throw new SpoolException("the body is not on disk: " + failure, failure);
        }
    }

    private static boolean isFull(IOException failure) {
        var reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason != null && (reason.contains("No space left") || reason.contains("quota exceeded"));
    }

    private void requireSpace(long sizeBytes) throws SpoolException {
        try {
            if (folder.freeBytes() - sizeBytes < floorBytes) {
                throw new SpoolException("less than " + floorBytes + " octets of disk space left");
            }
        } catch (IOException failure) {
            throw new SpoolException("free disk space is unknown: " + failure, failure);
        }
    }

    @Override
    public Due due(Instant now, int limit) throws SpoolException {
        var earliest = read(queue::earliest);
        if (earliest.isEmpty()) {
            return new Due.Idle();
        }
        if (earliest.get().isAfter(now)) {
            return new Due.At(earliest.get());
        }
        return readAll(committer.commit(statements -> queue.claim(statements, owner, now, limit)), now);
    }

    @Override
    public Due.Now olderThan(Instant madeBefore, int limit) throws SpoolException {
        // A look first: a claim is a commit, and mostly there is nothing to claim.
        if (!read(statements -> queue.hasOlder(statements, madeBefore))) {
            return new Due.Now(List.of(), List.of());
        }
        return readAll(committer.commit(statements -> queue.claimOlder(statements, owner, madeBefore, limit)), time.instant());
    }

    private Due.Now readAll(List<QueueRows.Claimed> claimed, Instant now) throws SpoolException {
        var readable = new ArrayList<Spooled>();
        var corrupt = new ArrayList<Due.Corrupt>();
        for (var i = 0; i < claimed.size(); i++) {
            var each = claimed.get(i);
            try {
                readable.add(readOne(each));
            } catch (UnreadableException damaged) {
                var reason = "corrupt: " + damaged.getMessage();
                committer.commit(statements -> queue.holdUnread(statements, each, reason));
                corrupt.add(new Due.Corrupt(each.letterId(), reason));
            } catch (SpoolException | RuntimeException failure) {
                giveBack(claimed, now);
                throw failure;
            }
        }
        return new Due.Now(readable, corrupt);
    }

    private Spooled readOne(QueueRows.Claimed claimed) throws SpoolException, UnreadableException {
        try {
            return database.reading(statements -> {
                try {
                    return letters.read(statements, claimed);
                } catch (UnreadableException damaged) {
                    throw new SQLException(damaged);
                }
            });
        } catch (SQLException failure) {
            if (failure.getCause() instanceof UnreadableException damaged) {
                throw damaged;
            }
            if (database.dialect().fault(failure) == Fault.BROKEN) {
                throw new UnreadableException(String.valueOf(failure.getMessage()), failure);
            }
            throw new SpoolException("not read: " + failure.getMessage(), failure);
        }
    }

    /// Those that were put on hold meanwhile are no longer ours, and stay there.
    private void giveBack(List<QueueRows.Claimed> claimed, Instant now) throws SpoolException {
        committer.commit(statements -> {
            for (var each : claimed) {
                queue.release(statements, each.letterId(), each.lease(), now);
            }
            return claimed;
        });
    }

    private <T> T read(Database.Work<T> work) throws SpoolException {
        try {
            return database.reading(work);
        } catch (SQLException failure) {
            throw new SpoolException("not read: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void settle(Spooled letter, List<Recipient> recipients, List<Attempt> attempts, QueueState next)
            throws SpoolException {
        requireAll(letter, recipients);
        var settled = committer.commit(statements -> {
            var held = switch (next) {
                case QueueState.Deferred(var dueAt) -> queue.defer(statements, letter.id(), letter.lease(), dueAt);
                case QueueState.Held(var reason) -> queue.hold(statements, letter.id(), letter.lease(), reason);
                case QueueState.Ended ended -> queue.end(statements, letter.id(), letter.lease());
                case QueueState.Active active -> throw new IllegalArgumentException("an attempt ends the lease");
            };
            if (held) {
                letters.updateRecipients(statements, letter, recipients, time.instant());
                AttemptRows.insert(statements, letter.id(), attempts);
                if (next instanceof QueueState.Ended(var endedAt)) {
                    LetterRows.end(statements, letter.id(), endedAt);
                }
            }
            return held;
        });
        if (settled && next instanceof QueueState.Ended && letter.letter().message().body() instanceof FileBody(var file, _)) {
            StateFolder.discard(file);
        }
    }

    @Override
    public void putOff(Spooled letter, List<Recipient> recipients, List<Attempt> attempts, Instant dueAt)
            throws SpoolException {
        requireAll(letter, recipients);
        committer.commit(statements -> {
            var held = queue.putOff(statements, letter.id(), letter.lease(), dueAt);
            if (held) {
                letters.updateRecipients(statements, letter, recipients, time.instant());
                AttemptRows.insert(statements, letter.id(), attempts);
            }
            return held;
        });
    }

    @Override
    public void noteWarning(Spooled letter, Instant warnedAt) throws SpoolException {
        committer.commit(statements -> queue.noteWarning(statements, letter.id(), letter.lease(), warnedAt));
    }

    private static void requireAll(Spooled letter, List<Recipient> recipients) {
        if (recipients.size() != letter.recipients().size()) {
            throw new IllegalArgumentException("recipients were lost or added");
        }
    }

    @Override
    public void release(Spooled letter, Instant now) throws SpoolException {
        committer.commit(statements -> queue.release(statements, letter.id().text(), letter.lease(), now));
    }

    /// Forgets a few of the letters that ended before then, the oldest first.
    ///
    /// @return how many; 0 when there are no more
    int purge(Instant endedBefore) throws SpoolException {
        var ids = read(statements -> HistoryRows.endedBefore(statements, endedBefore));
        return ids.isEmpty() ? 0 : committer.commit(statements -> HistoryRows.delete(statements, ids));
    }

    /// Gives a little of the database file's free room back to the file system, if it has much.
    ///
    /// @return whether there may be more
    boolean shrink() throws SpoolException {
        return committer.commit(statements -> database.dialect().shrink(statements, FREE_PAGES, SHRINK_PAGES)) > 0;
    }

    /// Why a new letter would be refused now: the disk failed, or has too little room. Empty when it would be taken.
    public Optional<String> refusal() {
        try {
            committer.refuseWhenBroken();
            requireSpace(0);
            return Optional.empty();
        } catch (SpoolException refusal) {
            return Optional.of(String.valueOf(refusal.getMessage()));
        }
    }

    /// How many transactions were committed, each shared by those who waited for it.
    public long commits() {
        return committer.commits();
    }

    Committer committer() {
        return committer;
    }

    @Override
    public void close() {
        committer.close();
    }
}
