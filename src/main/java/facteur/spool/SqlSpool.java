package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.RouteId;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.FileBody;
import facteur.platform.database.Database;
import facteur.platform.database.Dialect;
import facteur.platform.database.PostgresSettings;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
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
/// **Claiming.** Each lease counts up the letter's epoch; whoever settles with an old epoch, or after the lease was taken
/// back ([LeaseKeeper]), changes nothing. Letters that nobody has tried yet are handed out by [FairQueue], the others when they are
/// due ([Dispatcher]).
///
/// **Memory.** Nothing grows with the number of letters: what is due is asked of the indexes `queue_turn` and `queue_again`.
///
/// Thread-safe.
public final class SqlSpool implements Spool {
    private static final Logger LOG = LoggerFactory.getLogger(SqlSpool.class);

    /// What stays free in the file for what comes next: 16 MB.
    private static final long FREE_PAGES = 4_000;
    private static final long SHRINK_PAGES = 250;

    private final StateFolder folder;
    private final Database database;
    private final InstantSource time;
    private final Journal journal;
    private final AtomicBoolean isLossTold = new AtomicBoolean();
    private final ActiveLeases held = new ActiveLeases();
    private final LeaseKeeper tenure;
    private final Bodies bodies;
    private final Committer committer;
    private final QueueRows queue;
    private final LetterRows letters;
    private final FreeSpace space;
    private final SpoolDisk disk;
    private final NewLetters newLetters;
    private final FairQueue turns = new FairQueue();
    private final Settlements settlements;
    private final Dispatcher claims;
    private final MisdatedRows strays;

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
        this.database = database;
        this.time = time;
        this.journal = journal;
        var run = ProcessHandle.current().pid() + "@" + time.millis();
        var node = switch (database.dialect()) {
            case SQLITE -> "";
            case POSTGRESQL -> folder.node();
        };
        queue = new QueueRows(database.dialect());
        bodies = switch (database.dialect()) {
            case SQLITE -> bodyFolder(folder);
            case POSTGRESQL -> new BodyRows(folder);
        };
        letters = new LetterRows(bodies);
        strays = new MisdatedRows(database.dialect());
        disk = new SpoolDisk(folder, database, bodies, floorBytes, journal);
        committer = Committer.start(database, disk, new Outage(journal, nanos, this::unsettled));
        space = new FreeSpace(disk::roomBytes, floorBytes, System::nanoTime);
        newLetters = new NewLetters(folder, space, committer, letters, bodies, journal);
        tenure = switch (database.dialect()) {
            case SQLITE -> new SoleLeaseKeeper(run, committer, queue, time);
            case POSTGRESQL -> new SharedLeaseKeeper(node, run, lease, committer, queue, held, time, nanos, journal);
        };
        settlements = new Settlements(committer, database.dialect(), queue, new SettlementFile(folder.path()), journal);
        claims = new Dispatcher(database, committer, queue, letters, bodies, tenure, held, turns);
    }

    private static BodyFolder bodyFolder(StateFolder folder) throws SpoolException {
        try {
            return new BodyFolder(folder);
        } catch (IOException failure) {
            throw new SpoolException("cannot use " + folder.path() + ": " + Reason.of(failure), failure);
        }
    }

    /// Opens the spool, takes back what an earlier run had leased, and sweeps what it left half done.
    ///
    /// @param folder opened before the database and closed after it, both by the caller
    /// @param floorBytes of free disk space, below which no letter is accepted
    /// @param journal is told of other nodes whose letters are taken over; what becomes of a letter is its caller's to tell
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

    /// @param nanos a clock that nobody sets
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

    private void recover() throws SpoolException, IOException {
        // First of all: it may find that this is not the database to write to.
        bodies.sweep(register(), time.instant(), (id, file) -> journal.record(new MailEvent.Orphaned(id.text(), file.toString())));
        settlements.recover().forEach(ended -> StateFolder.discard(folder.path(), ended));
        tenure.begin();
        for (var route : routes()) {
            // Of those that wait the first is next, so nobody is before him.
            committer.read(statements -> queue.nextTurn(statements, route)).ifPresent(next -> turns.reached(route, next - 1));
        }
    }

    private Bodies.Register register() {
        return new Bodies.Register() {
            @Override
            public Bodies.Known of(QueueId id) throws SpoolException {
                return committer.read(statements -> LetterRows.known(statements, id));
            }

            @Override
            public Optional<QueueId> newest() throws SpoolException {
                return committer.read(LetterRows::newest);
            }

            @Override
            public Optional<QueueId> anyInFile() throws SpoolException {
                return committer.read(LetterRows::anyInFile);
            }
        };
    }

    @Override
    public BodyFiles bodyFiles() {
        return folder::newBodyFile;
    }

    @Override
    public LeasedLetter acceptActive(RouteId route, Letter letter) throws SpoolException {
        tenure.refresh();
        var lease = new Lease(tenure.owner(), 1);
        held.add(letter.id().text(), lease);
        try {
            var kept = newLetters.keep(letter, (statements, each) -> {
                tenure.affirm(statements);
                queue.insertActive(statements, each.id(), time.instant(), lease, route);
            });
            var recipients = letter.envelope().recipients().stream().map(Recipient::pending).toList();
            return new LeasedLetter(kept, lease, 0, Optional.empty(), recipients);
        } catch (SpoolException | RuntimeException failure) {
            held.remove(letter.id().text(), lease);
            throw failure;
        }
    }

    @Override
    public void acceptWaiting(Map<RouteId, Letter> parts) throws SpoolException {
        var routes = new HashMap<QueueId, RouteId>();
        parts.forEach((route, letter) -> routes.put(letter.id(), route));
        NewLetters.Enqueue enqueue = (statements, letter) -> {
            var route = Objects.requireNonNull(routes.get(letter.id()));
            var turn = turns.next(route, letter.provenance().office().text());
            queue.insertWaiting(statements, letter.id(), time.instant(), route, turn);
        };
        newLetters.keep(List.copyOf(parts.values()), enqueue).forEach(bodies::letGo);
    }

    @Override
    public Due due(RouteId route, Instant now, int limit) throws SpoolException {
        settlements.flush();
        return claims.due(route, now, limit);
    }

    @Override
    public Due.Now olderThan(RouteId route, Instant madeBefore, Instant now, int limit) throws SpoolException {
        settlements.flush();
        return claims.olderThan(route, madeBefore, now, limit);
    }

    @Override
    public void recall(RouteId route, Instant latest, Instant now) throws SpoolException {
        // A look first: a change is a commit, and mostly there is none.
        if (committer.read(statements -> strays.areThere(statements, route, latest))) {
            committer.commit(statements -> strays.recall(statements, route, latest, now));
        }
    }

    @Override
    public void bringForward(Instant now, Duration by) throws SpoolException {
        var from = Optional.of("");
        while (from.isPresent()) {
            var after = from.get();
            from = committer.commit(statements -> strays.bringForward(statements, after, now, by));
        }
    }

    @Override
    public Set<RouteId> routes() throws SpoolException {
        return committer.read(RouteRows::all);
    }

    @Override
    public List<WaitingLetter> waiting(RouteId route, int limit) throws SpoolException {
        return committer.read(statements -> RouteRows.waiting(statements, route, limit));
    }

    @Override
    public int reroute(RouteId from, List<WaitingLetter.Rerouted> letters) throws SpoolException {
        return committer.commit(statements -> RouteRows.move(statements, from, letters));
    }

    @Override
    public void settle(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, QueueState next)
            throws SpoolException {
        var isOurs = conclude(Settlement.of(letter, recipients, attempts, time.instant(), Settlement.step(next)));
        if (isOurs && next instanceof QueueState.Ended && letter.letter().message().body() instanceof FileBody large) {
            bodies.drop(large);
        } else {
            bodies.letGo(letter.letter());
        }
    }

    @Override
    public void putOff(LeasedLetter letter, List<Recipient> recipients, List<Attempt> attempts, Instant dueAt)
            throws SpoolException {
        var _ = conclude(Settlement.of(letter, recipients, attempts, time.instant(), new Settlement.Step.PutOff(dueAt)));
        bodies.letGo(letter.letter());
    }

    /// Ends a lease with what came of it.
    ///
    /// @return false when the letter is no longer ours, and then nothing is written
    private boolean conclude(Settlement settlement) throws SpoolException {
        var isHeld = held.contains(settlement.id().text(), settlement.lease());
        var isOurs = settlements.write(settlement);
        held.remove(settlement.id().text(), settlement.lease());
        if (isHeld && !isOurs && database.dialect() == Dialect.SQLITE) {
            distrust(settlement.id());
        }
        return isOurs;
    }

    /// Nobody else leases letters here, so the file contradicts itself, and would have the letter sent again and again: two files that
    /// don't belong together, or a damaged one.
    private void distrust(QueueId id) {
        var what = "the database doesn't keep what became of letter " + id.text() + ": it is damaged, or its log is another's. Stop facteur"
                + " and restore a backup";
        claims.distrust(id, what);
        committer.breakDown(new IllegalStateException(what));
        journal.record(new MailEvent.SpoolTrouble(what));
    }

    @Override
    public void noteRelayed(LeasedLetter letter, List<Recipient> recipients) throws SpoolException {
        var _ = settlements.write(
                Settlement.of(letter, recipients, List.of(), time.instant(), new Settlement.Step.Stay()));
    }

    @Override
    public boolean isOurs(LeasedLetter letter) {
        return tenure.isSure();
    }

    @Override
    public void noteWarning(LeasedLetter letter, Instant warnedAt) throws SpoolException {
        committer.commit(statements -> queue.noteWarning(statements, letter.id(), letter.lease(), warnedAt));
    }

    /// Deletes the bodies of no letter that were set aside before then.
    void purgeOrphans(Instant before) throws SpoolException {
        try {
            bodies.purge(before);
        } catch (IOException failure) {
            throw new SpoolException("orphaned bodies can't be looked at: " + Reason.of(failure), failure);
        }
    }

    /// Forgets a few of the letters that ended before then, the oldest first.
    ///
    /// @return how many; 0 when there are no more
    int purge(Instant endedBefore) throws SpoolException {
        var ids = committer.read(statements -> HistoryRows.endedBefore(statements, endedBefore));
        return ids.isEmpty() ? 0 : committer.commit(statements -> HistoryRows.delete(statements, ids));
    }

    /// Gives a little of the database file's free room back to the file system, if it has much.
    ///
    /// @return whether there may be more
    boolean shrink() throws SpoolException {
        return committer.commit(statements -> database.dialect().shrink(statements, FREE_PAGES, SHRINK_PAGES)) > 0;
    }

    /// Why a new letter would be refused now: the disk failed or has too little room, or the database is away or
    /// may only be read. Empty when it would be taken.
    public Optional<String> refusal() {
        try {
            committer.refuseWhenBroken();
            space.take(0);
            return committer.unavailable();
        } catch (SpoolException refusal) {
            return Optional.of(String.valueOf(refusal.getMessage()));
        }
    }

    /// Makes the reserve when it is missing and there is room for it. Takes as long as it takes to write it; to be called
    /// every minute or so.
    public void makeReserve() {
        disk.makeReserve();
    }

    /// Looks whether database and bodies are where the next start will look for them, and tells once when they aren't: from
    /// then on nothing new is taken. To be called every second or so; each commit of a letter looks, too.
    public void look() {
        committer.look().filter(_ -> !isLossTold.getAndSet(true)).ifPresent(_ -> {
            try {
                committer.refuseWhenBroken();
            } catch (SpoolException why) {
                journal.record(new MailEvent.SpoolTrouble(String.valueOf(why.getMessage())));
            }
        });
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

    /// Waits until whoever commits has had a turn for us, and finds that he is there; a failure is an answer, too.
    public void awaitAnswer() {
        try {
            var _ = committer.commit(_ -> true);
        } catch (SpoolException answered) {
            LOG.debug("the spool answers: {}", answered.getMessage());
        }
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

    @Override
    public void close() {
        try {
            settlements.flush();
            tenure.close();
        } catch (SpoolException kept) {
            // Others shall not take over at once what this run had leased: it may be back before the end of its lease, with what
            // became of the letters.
            LOG.debug("what became of letters is kept for the next start: {}", kept.getMessage());
            tenure.abandon();
        }
        committer.close();
    }
}
