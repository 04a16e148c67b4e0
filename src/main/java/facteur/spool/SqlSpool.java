package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.RouteId;
import facteur.mail.message.BodyFiles;
import facteur.platform.database.Database;
import facteur.platform.database.PostgresSettings;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The spool in a [Database]: a SQLite file with large bodies in files beside it, or a PostgreSQL that several nodes share.
///
/// **Accepting.** A small body lies in the row. On SQLite a body in a file is fsynced, moved into the spool and its folder
/// fsynced, before the row that names it is committed; so a row never names a file that isn't there, and a crash leaves at
/// most a file without a row, which the next start sets aside ([Orphans]). On PostgreSQL it becomes rows ([Bodies]). All rows of a letter
/// are one transaction of the [Committer]'s.
///
/// **Claiming.** Each lease counts up the letter's epoch; a settlement with an old epoch, or after the lease was taken
/// back ([LeaseKeeper]), changes nothing. Letters that were never tried are handed out by [FairQueue], the others when they are
/// due ([Dispatcher]).
///
/// **Memory.** Nothing grows with the number of letters: what is due is asked of the indexes `queue_turn` and `queue_again`.
///
/// Thread-safe.
public final class SqlSpool implements Spool {
    private static final Logger LOG = LoggerFactory.getLogger(SqlSpool.class);

    private final StateFolder folder;
    private final InstantSource time;
    private final Journal journal;
    private final LeaseKeeper leaseKeeper;
    private final Bodies bodies;
    private final LetterKeyRows keys;
    private final Committer committer;
    private final QueueRows queue;
    private final NewLetters newLetters;
    private final SpoolDisk disk;
    private final Enqueuer enqueuer;
    private final FairQueue fairQueue = new FairQueue();
    private final Settlements settlements;
    private final Dispatcher dispatcher;
    private final WaitingLetters waiting;
    private final LeaseEnds leaseEnds;
    private final SpoolUpkeep upkeep;
    private final SpoolWatch watch;

    private SqlSpool(
            StateFolder folder,
            Database database,
            long floorBytes,
            InstantSource time,
            LongSupplier nanos,
            Journal journal,
            Duration lease)
            throws SpoolException {
        this.folder = folder;
        this.time = time;
        this.journal = journal;
        var leases = new ActiveLeases();
        queue = new QueueRows(database.dialect());
        bodies = Bodies.of(folder, database.dialect());
        var node = database.dialect().hasOneWriter() ? "" : folder.node();
        var letters = new LetterRows(bodies);
        keys = new LetterKeyRows(database.dialect());
        var letterLog = database.dialect().hasOneWriter() ? openLog(folder, database, queue, journal) : Optional.<LetterLog>empty();
        disk = new SpoolDisk(folder, database, bodies, letterLog, floorBytes, journal);
        committer = Committer.start(database, disk, letterLog, new OutageJournal(journal, nanos, this::unsettled), nanos);
        var space = new FreeSpace(disk::roomBytes, floorBytes, System::nanoTime);
        newLetters = new NewLetters(folder, space, committer, letters, keys, bodies, journal);
        leaseKeeper = database.dialect().hasOneWriter()
                ? SoleLeaseKeeper.of(committer, queue, time)
                : new SharedLeaseKeeper(node, lease, committer, queue, leases, time, nanos, journal);
        enqueuer = new Enqueuer(newLetters, queue, leaseKeeper, leases, fairQueue, bodies, time);
        settlements = new Settlements(committer, database.dialect(), queue, new SettlementFile(folder.path()), journal);
        dispatcher = new Dispatcher(database, committer, queue, letters, bodies, leaseKeeper, leases, fairQueue);
        leaseEnds = new LeaseEnds(settlements, leases, leaseKeeper, bodies, dispatcher, committer, time, journal);
        waiting = new WaitingLetters(committer, new MisdatedRows(database.dialect()));
        upkeep = new SpoolUpkeep(committer, database.dialect(), bodies);
        watch = new SpoolWatch(committer, space, journal);
    }

    /// Opens the spool, takes back what an earlier run had leased, and sweeps what it left half done.
    ///
    /// @param folder opened before the database and closed after it, both by the caller
    /// @param floorBytes of free disk space, below which no letter is accepted
    /// @param journal hears of other nodes whose letters are taken over; what becomes of a letter is for the caller to journal
    public static SqlSpool open(
            StateFolder folder, Database database, long floorBytes, InstantSource time, Journal journal)
            throws SpoolException {
        return open(folder, database, floorBytes, time, journal, PostgresSettings.LEASE);
    }

    /// The same, with another lease.
    ///
    /// @param lease how long the letters of a node that has fallen silent wait for another, where several share the database
    public static SqlSpool open(
            StateFolder folder, Database database, long floorBytes, InstantSource time, Journal journal, Duration lease)
            throws SpoolException {
        return open(folder, database, floorBytes, time, System::nanoTime, journal, lease);
    }

    /// @param nanos a clock that is never set
    static SqlSpool open(
            StateFolder folder,
            Database database,
            long floorBytes,
            InstantSource time,
            LongSupplier nanos,
            Journal journal,
            Duration lease)
            throws SpoolException {
        var spool = new SqlSpool(folder, database, floorBytes, time, nanos, journal, lease);
        try {
            spool.recover();
            return spool;
        } catch (IOException failure) {
            spool.close();
            throw new SpoolException("cannot sweep " + folder.path() + ": " + Reason.of(failure), failure);
        } catch (SpoolException | RuntimeException | Error failure) {
            spool.close();
            throw failure;
        }
    }

    /// What an earlier run left in it goes into the tables first. Without one, on a disk without room for it, letters go there at once.
    private static Optional<LetterLog> openLog(StateFolder folder, Database database, QueueRows queue, Journal journal)
            throws SpoolException {
        try {
            var replayed = LetterLogReplay.run(folder.path(), database);
            if (replayed.lost() > 0) {
                var copy = LetterLogReplay.setAside(folder.path());
                journal.record(new MailEvent.SpoolTrouble(LetterLog.NAME + " is damaged: of " + replayed.lost()
                        + " records or more it can't be read what they were. A copy is " + copy));
            }
            return Optional.of(LetterLog.open(folder.path(), database, queue));
        } catch (SQLException failure) {
            throw new SpoolException("cannot read " + LetterLog.NAME + ": " + failure.getMessage(), failure);
        } catch (IOException failure) {
            LOG.warn("can't make {}: {}", LetterLog.NAME, Reason.of(failure));
            return Optional.empty();
        }
    }

    private void recover() throws SpoolException, IOException {
        // First of all: it may find that this is not the database to write to.
        bodies.sweep(
                new LetterRegister(committer),
                time.instant(),
                (id, file) -> journal.record(new MailEvent.Orphaned(id.text(), file.toString())));
        settlements.recover().forEach(ended -> StateFolder.discard(folder.path(), ended));
        leaseKeeper.begin();
        for (var route : routes()) {
            // Of those that wait the first is next: none is before it.
            committer.read(statements -> queue.nextTurn(statements, route)).ifPresent(next -> fairQueue.reached(route, next - 1));
        }
    }

    @Override
    public BodyFiles bodyFiles() {
        return folder::newBodyFile;
    }

    @Override
    public LeasedLetter acceptActive(RouteId route, Letter letter, Optional<LetterKey> key, Map<RouteId, Letter> reports)
            throws SpoolException {
        return enqueuer.acceptActive(route, letter, key, reports);
    }

    @Override
    public void acceptWaiting(Map<RouteId, Letter> parts, Optional<LetterKey> key, Map<RouteId, Letter> reports)
            throws SpoolException {
        enqueuer.acceptWaiting(parts, key, reports);
    }

    @Override
    public boolean isKnown(LetterKey key, Instant now) throws SpoolException {
        return committer.read(statements -> LetterKeyRows.isKnown(statements, key, now));
    }

    @Override
    public ClaimedWork due(RouteId route, Instant now, int limit) throws SpoolException {
        settlements.flush();
        return dispatcher.due(route, now, limit);
    }

    @Override
    public ClaimedWork.Now olderThan(RouteId route, Instant madeBefore, Instant now, int limit) throws SpoolException {
        settlements.flush();
        return dispatcher.olderThan(route, madeBefore, now, limit);
    }

    @Override
    public void recall(RouteId route, Instant latest, Instant now) throws SpoolException {
        waiting.recall(route, latest, now);
    }

    @Override
    public void bringForward(Instant now, Duration by) throws SpoolException {
        waiting.bringForward(now, by);
    }

    @Override
    public Set<RouteId> routes() throws SpoolException {
        return waiting.routes();
    }

    @Override
    public List<WaitingLetter> waiting(RouteId route, int limit) throws SpoolException {
        return waiting.of(route, limit);
    }

    @Override
    public int reroute(RouteId from, List<WaitingLetter.Rerouted> letters) throws SpoolException {
        return waiting.reroute(from, letters);
    }

    @Override
    public void settle(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, QueueState next)
            throws SpoolException {
        leaseEnds.settle(letter, recipients, attempts, next);
    }

    @Override
    public void putOff(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, Instant dueAt)
            throws SpoolException {
        leaseEnds.putOff(letter, recipients, attempts, dueAt);
    }

    @Override
    public void noteRelayed(LeasedLetter letter, List<Recipient> recipients) throws SpoolException {
        leaseEnds.noteRelayed(letter, recipients);
    }

    @Override
    public boolean isOurs(LeasedLetter letter) {
        return leaseKeeper.isSure();
    }

    @Override
    public void noteWarning(LeasedLetter letter, Instant warnedAt) throws SpoolException {
        committer.commit(statements -> queue.noteWarning(statements, letter.id(), letter.lease(), warnedAt));
    }

    /// Forgets by which names letters are known: what comes from here on is new.
    public void forgetNames() throws SpoolException {
        committer.commit(keys::deleteAll);
    }

    /// What there is to clear up, now and then.
    SpoolUpkeep upkeep() {
        return upkeep;
    }

    /// Why a new letter would be refused now: the disk failed or has too little room, or the database is away or
    /// may only be read. Empty when it would be accepted.
    public Optional<String> refusal() {
        return watch.refusal();
    }

    /// Makes the reserve when it is missing and there is room for it; blocks until it is written. To be called
    /// every minute or so.
    public void makeReserve() {
        disk.makeReserve();
    }

    /// Looks whether database and bodies are where the next start will look for them, and journals once when they aren't: from
    /// then on no letter is accepted. To be called every second or so; each commit of a letter looks, too.
    public void look() {
        watch.look();
    }

    /// How much may still be written below the state folder.
    public long freeBytes() {
        return folder.freeBytes();
    }

    /// How many letters of the queue are in each state; nothing of a state that has none. Reads the whole index: see
    /// [QueueCensus].
    public List<QueueCount> counts() throws SpoolException {
        return committer.read(ListRows::counts);
    }

    /// Waits for one round trip through the committer thread; a failure is an answer, too.
    public void awaitAnswer() {
        watch.awaitAnswer();
    }

    /// How many letters there are of which it can't be written at the moment what became of them.
    private int unsettled() {
        return settlements.kept();
    }

    /// How many transactions were committed, each shared by those who waited for it.
    public long commits() {
        return committer.commits();
    }

    Committer committer() {
        return committer;
    }

    NewLetters newLetters() {
        return newLetters;
    }

    @Override
    public void close() {
        try {
            settlements.flush();
            leaseKeeper.close();
        } catch (SpoolException kept) {
            // Others shall not take over at once what this run had leased: it may be back before the end of its lease, with what
            // became of the letters.
            LOG.debug("what became of letters is kept for the next start: {}", kept.getMessage());
            leaseKeeper.abandon();
        }
        committer.close();
        settlements.keep(committer.unwritten());
    }
}
