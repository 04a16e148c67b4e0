package facteur.spool;

import facteur.database.Statements;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several nodes share the database. Each says with a row of its own, again and again, that it is alive; when it hasn't
/// for the length of a lease, by the database's clock, the others take over what it had leased. One row for a node,
/// not one for a letter, so a lease costs nothing while it lasts.
///
/// A node that was only slow says so again, and works on; what it settles of the letters it lost changes nothing
/// (fencing).
///
/// A node that was cut off for so long that the others may have taken it for dead lists itself again before it leases
/// anything: what is leased to nobody in `node` is taken over at once. Its row is locked while another removes it and takes
/// over its letters, so it leases either before that or after.
///
/// When a connection is lost while it commits, nobody knows what was done: a letter may be leased to us of which nobody
/// here knows. So each beat also gives back what is ours in the database and not in [Held].
///
/// Thread-safe.
final class SharedTenure implements Tenure {
    private static final Logger LOG = LoggerFactory.getLogger(SharedTenure.class);
    private static final int BEATS_IN_A_LEASE = 4;

    private final String owner;
    private final String node;
    private final Duration lease;
    private final Committer committer;
    private final QueueRows queue;
    private final Held held;
    private final InstantSource time;
    private final Journal journal;
    /// When the last renewal that is committed began, by this node's clock; it only decides whether another is worth it.
    private volatile Instant renewedAt = Instant.EPOCH;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread heart;

    /// @param node which machine this is, whatever run
    /// @param run which run of it
    SharedTenure(
            String node,
            String run,
            Duration lease,
            Committer committer,
            QueueRows queue,
            Held held,
            InstantSource time,
            Journal journal) {
        this.node = node;
        this.owner = node + NodeRows.SEPARATOR + run;
        this.lease = lease;
        this.committer = committer;
        this.queue = queue;
        this.held = held;
        this.time = time;
        this.journal = journal;
        heart = Thread.ofVirtual().name("spool-heart").unstarted(this::beatOn);
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public void begin() throws SpoolException {
        var began = time.instant();
        var dead = committer.commit(statements -> {
            NodeRows.removeRuns(statements, node);
            var taken = NodeRows.takeOver(statements);
            NodeRows.renew(statements, owner, lease);
            return taken;
        });
        renewedAt = began;
        tell(dead);
        heart.start();
    }

    /// What an earlier run of this node left is no news.
    private void tell(Map<String, Integer> dead) {
        dead.forEach((name, letters) -> {
            if (!name.equals(node)) {
                journal.record(new MailEvent.NodeTakenOver(name, letters));
            }
        });
    }

    /// Nothing to do while the last renewal is fresh. A clock that was set back makes it old, to be on the safe side.
    @Override
    public void affirm(Statements statements) throws SQLException {
        var age = Duration.between(renewedAt, time.instant());
        if (age.isNegative() || age.compareTo(lease.dividedBy(2)) > 0) {
            NodeRows.renew(statements, owner, lease);
        }
    }

    private void beatOn() {
        try {
            while (!stopping.await(lease.toMillis() / BEATS_IN_A_LEASE, TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /// A claim is held before it is committed, so what is found leased here and isn't held was given up by its caller.
    private void beat() {
        try {
            var began = time.instant();
            var dead = committer.commit(statements -> {
                NodeRows.renew(statements, owner, lease);
                for (var each : NodeRows.leasedTo(statements, owner)) {
                    if (!held.contains(each.letterId(), each.lease())) {
                        queue.putOff(statements, each.letterId(), each.lease(), time.instant());
                    }
                }
                return NodeRows.takeOver(statements);
            });
            renewedAt = began;
            tell(dead);
        } catch (SpoolException later) {
            // The committer remembers why, for whoever asks; the next beat tries again.
        } catch (RuntimeException bug) {
            LOG.error("saying that this node is alive", bug); // A throw would be the last beat.
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            if (heart.isAlive()) {
                heart.join();
            }
            committer.commit(statements -> NodeRows.removeRuns(statements, node));
        } catch (InterruptedException unclean) {
            Thread.currentThread().interrupt();
        } catch (SpoolException unclean) {
            // The others wait for the end of the lease.
        }
    }
}
