package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.mail.letter.RouteId;
import facteur.platform.database.Database;
import facteur.platform.database.Fault;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands out the letters that have to be delivered.
///
/// A claim is a commit like any other; the letters are then read on another connection. One that can't be read is put on
/// hold with a reason that starts with `corrupt:`, and the others flow. Thread-safe.
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final Duration UNREADABLE_FOR = Duration.ofMinutes(1);

    private final Database database;
    private final Committer committer;
    private final QueueRows queue;
    private final LetterRows letters;
    private final Bodies bodies;
    private final LeaseKeeper leaseKeeper;
    private final ActiveLeases leases;
    private final FairQueue fairQueue;
    /// What is wrong with letters that are not to be sent by this run again.
    private final Map<String, String> distrusted = new ConcurrentHashMap<>();
    private final AtomicBoolean isUntriedFirst = new AtomicBoolean();

    Dispatcher(
            Database database,
            Committer committer,
            QueueRows queue,
            LetterRows letters,
            Bodies bodies,
            LeaseKeeper leaseKeeper,
            ActiveLeases leases,
            FairQueue fairQueue) {
        this.database = database;
        this.committer = committer;
        this.queue = queue;
        this.letters = letters;
        this.bodies = bodies;
        this.leaseKeeper = leaseKeeper;
        this.leases = leases;
        this.fairQueue = fairQueue;
    }

    /// From here on that letter is handed out no more, nor is what is claimed with it.
    void distrust(QueueId id, String why) {
        distrusted.put(id.text(), why);
    }

    private void refuseDistrusted(List<QueueRows.Claimed> claimed, Instant now) throws SpoolException {
        for (var each : claimed) {
            var why = distrusted.get(each.letterId());
            if (why != null) {
                giveBack(claimed, now);
                throw new SpoolException("not delivering: " + why);
            }
        }
    }

    /// As [Spool#due].
    ClaimedWork due(RouteId route, Instant now, int limit) throws SpoolException {
        var isAnyUntried = committer.readAsTheyAre(statements -> queue.nextTurn(statements, route)).isPresent();
        var earliest = committer.readAsTheyAre(statements -> queue.earliest(statements, route));
        if (!isAnyUntried && earliest.isEmpty()) {
            return new ClaimedWork.Idle();
        }
        var isAnyDue = earliest.filter(dueAt -> !dueAt.isAfter(now)).isPresent();
        if (!isAnyUntried && !isAnyDue) {
            return new ClaimedWork.At(earliest.get());
        }
        var claimed = claim(statements -> isAnyUntried
                ? isAnyDue ? claimBoth(statements, route, now, limit) : queue.claimInTurn(statements, leaseKeeper.owner(), route, limit)
                : queue.claimDue(statements, leaseKeeper.owner(), route, now, limit));
        claimed.stream().mapToLong(QueueRows.Claimed::turn).max().ifPresent(turn -> fairQueue.reached(route, turn));
        // Other nodes were faster; they may have it locked still.
        return claimed.isEmpty() ? new ClaimedWork.Idle() : readAll(claimed, now);
    }

    /// Half and half, so that neither waits for all of the other; what one doesn't need the other gets.
    private List<QueueRows.Claimed> claimBoth(Statements statements, RouteId route, Instant now, int limit) throws SQLException {
        // With room for one only, they alternate.
        var most = isUntriedFirst.getAndSet(!isUntriedFirst.get()) ? (limit + 1) / 2 : limit / 2;
        var claimed = most == 0
                ? new ArrayList<QueueRows.Claimed>()
                : new ArrayList<>(queue.claimInTurn(statements, leaseKeeper.owner(), route, most));
        claimed.addAll(queue.claimDue(statements, leaseKeeper.owner(), route, now, limit - claimed.size()));
        if (claimed.size() < limit) {
            claimed.addAll(queue.claimInTurn(statements, leaseKeeper.owner(), route, limit - claimed.size()));
        }
        return claimed;
    }

    /// They are held before the claim is committed, and no longer when it may not have been.
    private List<QueueRows.Claimed> claim(Database.Work<List<QueueRows.Claimed>> rows) throws SpoolException {
        var claimed = new ArrayList<QueueRows.Claimed>();
        leaseKeeper.refresh();
        try {
            return committer.commit(statements -> {
                leases.removeAll(claimed);
                claimed.clear();
                leaseKeeper.affirm(statements);
                claimed.addAll(rows.run(statements));
                leases.addAll(claimed);
                return List.copyOf(claimed);
            }, LogConcern.WAITING);
        } catch (SpoolException failure) {
            leases.removeAll(claimed);
            throw failure;
        }
    }

    /// As [Spool#olderThan].
    ClaimedWork.Now olderThan(RouteId route, Instant madeBefore, Instant now, int limit) throws SpoolException {
        // A look first: a claim is a commit, and mostly there is nothing to claim.
        if (!committer.readAsTheyAre(statements -> queue.hasOlder(statements, route, madeBefore, now))) {
            return new ClaimedWork.Now(List.of(), List.of());
        }
        var claimed = claim(statements -> queue.claimOlder(statements, leaseKeeper.owner(), route, madeBefore, now, limit));
        return readAll(claimed, now);
    }

    private ClaimedWork.Now readAll(List<QueueRows.Claimed> claimed, Instant now) throws SpoolException {
        refuseDistrusted(claimed, now);
        var readable = new ArrayList<LeasedLetter>();
        var corrupt = new ArrayList<ClaimedWork.Corrupt>();
        for (var i = 0; i < claimed.size(); i++) {
            var each = claimed.get(i);
            try {
                readable.add(readOne(each));
            } catch (UnreadableException unreadable) {
                switch (unreadable.kind()) {
                    case FOR_GOOD -> corrupt.add(hold(each, "corrupt: " + unreadable.getMessage()));
                    case FOR_NOW -> putOff(each, unreadable, now);
                }
            } catch (SpoolException | RuntimeException failure) {
                readable.forEach(leased -> bodies.release(leased.letter()));
                giveBack(claimed, now);
                throw failure;
            }
        }
        return new ClaimedWork.Now(readable, corrupt);
    }

    private ClaimedWork.Corrupt hold(QueueRows.Claimed claimed, String reason) throws SpoolException {
        committer.commit(statements -> queue.holdUnread(statements, claimed, reason), LogConcern.WAITING);
        leases.remove(claimed.letterId(), claimed.lease());
        return new ClaimedWork.Corrupt(claimed.letterId(), reason);
    }

    /// By itself, so that the others flow.
    private void putOff(QueueRows.Claimed claimed, UnreadableException why, Instant now) throws SpoolException {
        LOG.error("letter {} waits: {}", claimed.letterId(), why.getMessage());
        committer.commit(statements -> queue.putOff(statements, claimed.letterId(), claimed.lease(), now.plus(UNREADABLE_FOR)), LogConcern.WAITING);
        leases.remove(claimed.letterId(), claimed.lease());
    }

    private LeasedLetter readOne(QueueRows.Claimed claimed) throws SpoolException, UnreadableException {
        try {
            return database.readingAsTheyAre(statements -> {
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
            if (database.dialect().fault(failure) == Fault.BROKEN && committer.look().isEmpty()) {
                throw new UnreadableException(String.valueOf(failure.getMessage()), failure);
            }
            throw committer.notRead(failure);
        }
    }

    /// Those that were put on hold meanwhile are no longer ours, and stay there.
    private void giveBack(List<QueueRows.Claimed> claimed, Instant now) throws SpoolException {
        leases.removeAll(claimed);
        committer.commit(statements -> {
            for (var each : claimed) {
                queue.putOff(statements, each.letterId(), each.lease(), now);
            }
            return claimed;
        }, LogConcern.WAITING);
    }
}
