package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.commitlog.CommitLog;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// New letters on their way into the database: on the disk in the file `letters.log` already, and in no table yet.
///
/// Most letters are relayed within milliseconds. In the tables each would be written, changed and deleted again; here it is appended,
/// and what became of it behind it, and a moment later the tables get what is left to say, for hundreds of letters in one transaction. A
/// letter that isn't relayed at once goes into the tables as it is, and everything else that is to be known of it is written there.
///
/// Whatever the tables are read or changed for, the [Committer] brings them up to date first. So nothing else needs to know of the log.
/// The row in `letter_log` says up to which record that is done: as part of the same transaction, so that no record counts
/// twice or not at all, whoever writes it, the daemon, its next start ([LetterLogReplay]) or an operator's command.
///
/// Letters are appended and written by the committer's thread alone; [#end] may be called by any.
final class LetterLog implements AutoCloseable {
    static final String NAME = "letters.log";
    static final int SIZE_BYTES = 8 << 20;
    /// Larger ones are written into the tables at once.
    private static final int LARGEST_BYTES = 256 << 10;
    /// For what becomes of letters, when there is no room for more of them.
    private static final int ENDS_BYTES = 1 << 20;
    private static final int BATCH_BYTES = 4 << 20;
    private static final int BATCH_LETTERS = 1_000;
    /// How long the tables may be behind.
    private static final long BEHIND_NANOS = Duration.ofMillis(200).toNanos();
    /// How long it may take until it is on disk what became of a letter. If the process dies meanwhile, the letter is relayed again.
    private static final long UNWRITTEN_NANOS = Duration.ofMillis(20).toNanos();

    /// How long the file may have what the tables have already.
    private static final long STALE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final class Entry {
        private final long number;
        private final LoggedLetter letter;
        private @Nullable Settlement end;
        /// Of the record that has it; 0 = none has.
        private long endNumber;

        Entry(long number, LoggedLetter letter) {
            this.number = number;
            this.letter = letter;
        }

        byte[] endRecord() {
            return LogRecord.octets(Objects.requireNonNull(end));
        }
    }

    private final CommitLog file;
    private final Database database;
    private final QueueRows queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<Long> names = new HashSet<>();
    /// In the tables, when the first of these letters came.
    private String newestId = "";
    /// What is in no record yet.
    private final List<Entry> ended = new ArrayList<>();
    private long firstAtNanos;
    private long endedAtNanos;
    /// When the first octet came into an empty file.
    private long usedAtNanos;
    private long contentBytes;
    private boolean isBeingWritten;
    /// Some of it is in no record, and the tables are to have it at once.
    private volatile boolean isOverfull;
    private boolean isClosing;
    /// The tables could not be brought up to date: until they are, what is new is for them to take or to refuse.
    private boolean isStuck;
    private volatile boolean isBad;

    private LetterLog(CommitLog file, Database database, QueueRows queue) {
        this.file = file;
        this.database = database;
        this.queue = queue;
    }

    /// Makes a new log for a state folder; the records of the one before are all in the database.
    static LetterLog open(Path state, Database database, QueueRows queue) throws SQLException, IOException {
        var after = database.readingAsTheyAre(LetterLogRow::read).applied();
        var round = new SecureRandom().nextLong();
        var file = CommitLog.open(state.resolve(NAME), SIZE_BYTES, round, after);
        try {
            var _ = database.inTransaction(statements -> LetterLogRow.begin(statements, round));
            return new LetterLog(file, database, queue);
        } catch (SQLException failure) {
            file.close();
            throw failure;
        }
    }

    /// Which of these letters can be appended now. The others have to be written into the tables: what another letter has, id or name,
    /// is for them to judge.
    List<LogDraft> choose(List<LogDraft> drafts) {
        if (isBad || isStuck) {
            return List.of();
        }
        try {
            var known = database.readingAlone(statements -> known(statements, drafts));
            var chosen = new ArrayList<LogDraft>();
            var room = file.roomBytes() - ENDS_BYTES;
            for (var draft : drafts) {
                var need = draft.needBytes();
                if (need <= LARGEST_BYTES && need <= room && isNew(draft, known)) {
                    chosen.add(draft);
                    room -= need;
                }
            }
            return chosen;
        } catch (SQLException unknown) {
            return List.of();
        }
    }

    /// What the tables have of letters.
    private record Known(Set<String> ids, Set<Long> names) {}

    private Known known(Statements statements, List<LogDraft> drafts) throws SQLException {
        if (!isAhead()) {
            newestId = LetterRows.newest(statements).map(QueueId::text).orElse("");
        }
        var ids = new HashSet<String>();
        var hashes = new ArrayList<Long>();
        for (var draft : drafts) {
            var id = draft.letter().id();
            // Later ones are none of theirs: ids begin with the time.
            if (id.compareTo(newestId) <= 0 && LetterRows.isThere(statements, id)) {
                ids.add(id);
            }
            draft.hash().ifPresent(hashes::add);
        }
        return new Known(ids, LetterKeyRows.among(statements, hashes));
    }

    private boolean isNew(LogDraft draft, Known known) {
        var id = draft.letter().id();
        if (has(id) || !known.ids().add(id)) {
            return false;
        }
        if (draft.hash().isEmpty()) {
            return true;
        }
        var name = draft.hash().getAsLong();
        return !known.names().contains(name) && names.add(name);
    }

    /// By the committer's thread.
    boolean hasName(long hash) {
        return names.contains(hash);
    }

    boolean has(String id) {
        lock.lock();
        try {
            return entries.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    /// Appends letters that were chosen, and what became of others. On disk when this returns.
    ///
    /// @throws IOException when that isn't known; nothing is appended any more
    void append(List<LogDraft> drafts, long nowNanos) throws IOException {
        var contents = new ArrayList<byte[]>();
        var ends = takeEnds(contents, file.roomBytes() - drafts.stream().mapToInt(LogDraft::needBytes).sum());
        drafts.forEach(draft -> contents.add(draft.octets()));
        usedAtNanos = file.isUsed() ? usedAtNanos : nowNanos;
        var number = file.next();
        try {
            file.append(contents);
        } catch (IOException | RuntimeException failure) {
            isBad = true;
            isOverfull = true;
            drafts.forEach(draft -> draft.hash().ifPresent(names::remove));
            throw failure;
        }
        lock.lock();
        try {
            for (var entry : ends) {
                entry.endNumber = number++;
            }
            firstAtNanos = entries.isEmpty() ? nowNanos : firstAtNanos;
            for (var draft : drafts) {
                entries.put(draft.letter().id(), new Entry(number++, draft.letter()));
                contentBytes += draft.octets().length;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Those that there is room for; the others are written into the tables, at once.
    ///
    /// @param contents gets their records
    private List<Entry> takeEnds(List<byte[]> contents, int room) {
        List<Entry> all;
        lock.lock();
        try {
            all = List.copyOf(ended);
            ended.clear();
        } finally {
            lock.unlock();
        }
        var left = room;
        for (var entry : all) {
            var content = entry.endRecord();
            left -= CommitLog.needBytes(content);
            if (left < 0) {
                isOverfull = true;
                break;
            }
            contents.add(content);
        }
        return all.subList(0, contents.size());
    }

    /// Notes how a letter has ended, to be appended in a moment. What it says is no longer needed.
    ///
    /// @return false when the letter isn't here, or not any more: then it is in the tables, and that belongs there
    boolean end(Settlement settlement, long nowNanos) {
        if (settlement.ended().isEmpty()) {
            return false;
        }
        lock.lock();
        try {
            var entry = entries.get(settlement.id().text());
            if (entry == null || entry.end != null || isBeingWritten || !isTaking() || !entry.letter.isLeasedTo(settlement.lease())) {
                return false;
            }
            entry.end = settlement;
            endedAtNanos = ended.isEmpty() ? nowNanos : endedAtNanos;
            ended.add(entry);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Whether it will be on disk in a moment how a letter has ended, even if the tables can't be written.
    private boolean isTaking() {
        return !isClosing && !isBad && !(isStuck && (isOverfull || file.roomBytes() < ENDS_BYTES / 2));
    }

    /// How long nothing has to be done if nothing comes; [Long#MAX_VALUE]: nothing is here, nor was.
    long patienceNanos(long nowNanos) {
        lock.lock();
        try {
            if (entries.isEmpty() && !isOverfull) {
                return isStale() ? Math.max(0, usedAtNanos + STALE_NANOS - nowNanos) : Long.MAX_VALUE;
            }
            var untilRows = firstAtNanos + BEHIND_NANOS - nowNanos;
            // One that ends meanwhile wakes no thread.
            var untilEnds = canTakeEnds() ? endedAtNanos + UNWRITTEN_NANOS - nowNanos : UNWRITTEN_NANOS;
            return Math.max(0, Math.min(untilRows, untilEnds));
        } finally {
            lock.unlock();
        }
    }

    /// Whether the tables have to be brought up to date.
    boolean isDue(long nowNanos) {
        lock.lock();
        try {
            return (!entries.isEmpty() || isOverfull)
                    && (nowNanos - firstAtNanos >= BEHIND_NANOS
                            || !isStuck && (isOverfull || isFull()));
        } finally {
            lock.unlock();
        }
    }

    /// Whether it has to be appended what became of letters.
    boolean isEndDue(long nowNanos) {
        lock.lock();
        try {
            return canTakeEnds() && (isClosing || nowNanos - endedAtNanos >= UNWRITTEN_NANOS);
        } finally {
            lock.unlock();
        }
    }

    private boolean canTakeEnds() {
        return !ended.isEmpty() && !isBad && file.roomBytes() >= ENDS_BYTES / 2;
    }

    private boolean isFull() {
        return entries.size() >= BATCH_LETTERS || contentBytes >= BATCH_BYTES || file.roomBytes() < ENDS_BYTES;
    }

    /// Whether the tables are behind.
    boolean isAhead() {
        lock.lock();
        try {
            return !entries.isEmpty() || isOverfull;
        } finally {
            lock.unlock();
        }
    }

    /// Brings the tables up to date, as part of a transaction; [#settle] has to follow. Meanwhile letters that are here
    /// belong to the tables.
    void write(Statements statements) throws SQLException {
        var all = begin();
        var applied = LetterLogRow.read(statements).applied();
        for (var entry : all) {
            write(statements, entry, applied);
        }
        LetterLogRow.apply(statements, file.next() - 1);
    }

    private List<Entry> begin() {
        lock.lock();
        try {
            isBeingWritten = true;
            return List.copyOf(entries.values());
        } finally {
            lock.unlock();
        }
    }

    /// @param applied up to which record an operator's command may have written it already
    private void write(Statements statements, Entry entry, long applied) throws SQLException {
        var end = Optional.ofNullable(entry.end);
        if (entry.number > applied) {
            LetterLogReplay.insert(statements, entry.letter, end.flatMap(Settlement::ended));
        } else if (end.isPresent() && (entry.endNumber == 0 || entry.endNumber > applied)) {
            var _ = end.get().write(statements, queue);
        }
    }

    /// Ends a transaction that [#write] was a part of.
    ///
    /// @param isWritten whether it is on disk; else it came to nothing, and is tried again in a moment
    void settle(boolean isWritten, long nowNanos) {
        lock.lock();
        try {
            if (isWritten && isBeingWritten) {
                entries.clear();
                ended.clear();
                names.clear();
                contentBytes = 0;
                isOverfull = false;
                file.rewind();
            }
            isBeingWritten = false;
            isStuck = !entries.isEmpty() || isOverfull;
            firstAtNanos = nowNanos;
        } finally {
            lock.unlock();
        }
    }

    /// Overwrites what is in the tables, now and then: what a letter says isn't kept when it has ended.
    ///
    /// @throws IOException when it isn't known what is on the disk; nothing is appended any more
    void clearStale(long nowNanos) throws IOException {
        if (!isAhead() && isStale() && nowNanos - usedAtNanos >= STALE_NANOS) {
            try {
                file.clear();
            } catch (IOException failure) {
                isBad = true;
                throw failure;
            }
        }
    }

    private boolean isStale() {
        return file.isUsed() && !isBad;
    }

    /// What happened to its file, as a sentence; empty while it is in place.
    Optional<String> displaced() {
        return file.displaced();
    }

    /// From here on no letter ends here: what is noted already is appended.
    void beginClosing() {
        lock.lock();
        try {
            isClosing = true;
        } finally {
            lock.unlock();
        }
    }

    /// How letters have ended that neither the tables nor a record say, to be kept elsewhere. After the close.
    List<Settlement> unwritten() {
        lock.lock();
        try {
            return entries.values().stream().filter(entry -> entry.endNumber == 0).flatMap(entry -> Stream.ofNullable(entry.end)).toList();
        } finally {
            lock.unlock();
        }
    }

    /// When nothing more comes. The file says so, unless something of it isn't in the tables.
    @Override
    public void close() {
        try {
            if (!isAhead() && !isBad) {
                file.clear();
            }
        } catch (IOException known) {
            // The tables say that all of it is theirs.
        } finally {
            file.close();
        }
    }
}
