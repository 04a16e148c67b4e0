package facteur.spool;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several nodes share the database. Each says with a row of its own, again and again, that it is alive. When another has
/// watched that row for the length of a lease and it hasn't changed ([NodeWatch]), it takes over what the silent node had
/// leased. One row for a node, not one for a letter, so a lease costs nothing while it lasts.
///
/// A node that can't show that it is alive knows by its own clock when the others may begin to consider it dead: well before
/// that, after half a lease, its leases aren't sure any more ([#isSure]), and it begins no attempt, nor ends one with the final
/// dot. The lease is counted from before its last word was committed, the others' watch from after they have read it; so
/// no clock needs to agree with another, only to run as fast.
///
/// A node that was cut off for so long that the others may consider it dead lists itself again before it leases
/// anything: what is leased by a node without a row in `node` is taken over at once. Its row is locked while another removes it and takes
/// over its letters, so it leases either before that or after. What it settles of letters that another has leased meanwhile
/// changes nothing (fencing).
///
/// When a connection is lost while it commits, it is unknown what was done: a letter may be leased to us without this
/// process knowing. So each beat also gives back what is ours in the database and not in [ActiveLeases].
///
/// Thread-safe.
final class SharedLeaseKeeper implements LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SharedLeaseKeeper.class);
    private static final int BEATS_IN_A_LEASE = 10;
    private static final int LONGEST_GAP_IN_BEATS = 3;

    private final String owner;
    private final String node;
    private final Duration lease;
    private final Committer committer;
    private final QueueRows queue;
    private final ActiveLeases leases;
    private final InstantSource time;
    private final LongSupplier nanos;
    private final Journal journal;
    private final NodeWatch watch;
    private final ReentrantLock beating = new ReentrantLock();
    /// When the last renewal that is committed began.
    private volatile long renewedAt;

    private volatile boolean hasBegun;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread heart;

    /// @param node which machine this is, the same for all its runs
    /// @param nanos a clock that is never set
    SharedLeaseKeeper(
            String node,
            Duration lease,
            Committer committer,
            QueueRows queue,
            ActiveLeases leases,
            InstantSource time,
            LongSupplier nanos,
            Journal journal) {
        this.node = node;
        this.owner = node + NodeRows.SEPARATOR + LeaseKeeper.run(time);
        this.lease = lease;
        this.committer = committer;
        this.queue = queue;
        this.leases = leases;
        this.time = time;
        this.nanos = nanos;
        this.journal = journal;
        watch = new NodeWatch(lease, lease.multipliedBy(LONGEST_GAP_IN_BEATS).dividedBy(BEATS_IN_A_LEASE), nanos);
        heart = Thread.ofVirtual().name("spool-heart").unstarted(this::beatOn);
    }

    @Override
    public boolean isSole() {
        return false;
    }

    @Override
    public String owner() {
        return owner;
    }

    /// Nodes that are silent aren't taken over yet: this one has watched none.
    @Override
    public void begin() throws SpoolException {
        var began = nanos.getAsLong();
        var dead = committer.commit(statements -> {
            NodeRows.removeRuns(statements, node);
            var takenOver = NodeRows.takeOver(statements);
            NodeRows.renew(statements, owner, lease);
            return takenOver;
        });
        renewedAt = began;
        hasBegun = true;
        journal(dead);
        heart.start();
    }

    /// What an earlier run of this node left is no news.
    private void journal(Map<String, Integer> dead) {
        dead.forEach((name, letters) -> {
            if (!name.equals(node)) {
                journal.record(new MailEvent.NodeTakenOver(name, letters));
            }
        });
    }

    @Override
    public boolean isSure() {
        return nanos.getAsLong() - renewedAt < lease.dividedBy(2).toNanos();
    }

    @Override
    public void refresh() throws SpoolException {
        if (!isSure()) {
            beating.lock();
            try {
                // Another may have been faster.
                if (!isSure()) {
                    beat();
                }
            } finally {
                beating.unlock();
            }
        }
    }

    /// Nothing to do while the last renewal is fresh.
    @Override
    public void affirm(Statements statements) throws SQLException {
        if (!isSure()) {
            NodeRows.renew(statements, owner, lease);
        }
    }

    private void beatOn() {
        try {
            while (!stopping.await(lease.toMillis() / BEATS_IN_A_LEASE, TimeUnit.MILLISECONDS)) {
                beatOnce();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void beatOnce() {
        beating.lock();
        try {
            beat();
        } catch (SpoolException later) {
            // The committer remembers why; the next beat tries again.
        } catch (RuntimeException bug) {
            LOG.error("saying that this node is alive", bug); // A throw would be the last beat.
        } finally {
            beating.unlock();
        }
    }

    /// A claim is held before it is committed, so what is found leased here and isn't held was given up by its caller.
    private void beat() throws SpoolException {
        var began = nanos.getAsLong();
        var dead = committer.commit(statements -> {
            NodeRows.renew(statements, owner, lease);
            for (var each : NodeRows.leasedTo(statements, owner)) {
                if (!leases.contains(each.letterId(), each.lease())) {
                    queue.putOff(statements, each.letterId(), each.lease(), time.instant());
                }
            }
            return NodeRows.remove(statements, watch.look(NodeRows.others(statements, owner)));
        });
        renewedAt = began;
        journal(dead);
    }

    @Override
    public void abandon() {
        stopping.countDown();
        try {
            if (heart.isAlive()) {
                heart.join();
            }
        } catch (InterruptedException unclean) {
            Thread.currentThread().interrupt();
        }
    }

    /// One that never began leaves what it found.
    @Override
    public void close() {
        abandon();
        if (!hasBegun || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            committer.commit(statements -> NodeRows.removeRuns(statements, node));
        } catch (SpoolException unclean) {
            // The others wait for the end of the lease.
        }
    }
}
