package facteur.spool;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Several nodes share the database. Each says with a row of its own, again and again, that it is alive; when it hasn't
/// for the length of a lease, by the database's clock, the others take over what it had leased. One row for a node,
/// not one for a letter, so a lease costs nothing while it lasts.
///
/// A node that was only slow says so again, and works on; what it settles of the letters it lost changes nothing
/// (fencing).
///
/// When a connection is lost while it commits, nobody knows what was done: a letter may be leased to us of which nobody
/// here knows. So each beat also gives back what is ours in the database and not in [Held].
///
/// Thread-safe.
final class SharedTenure implements Tenure {
    private static final int BEATS_IN_A_LEASE = 4;

    private final String owner;
    private final String node;
    private final Duration lease;
    private final Committer committer;
    private final NodeRows nodes;
    private final QueueRows queue;
    private final Held held;
    private final InstantSource time;
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
            InstantSource time) {
        this.node = node;
        this.owner = node + NodeRows.SEPARATOR + run;
        this.lease = lease;
        this.committer = committer;
        this.queue = queue;
        this.held = held;
        this.time = time;
        nodes = new NodeRows();
        heart = Thread.ofVirtual().name("spool-heart").unstarted(this::beatOn);
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public void begin() throws SpoolException {
        committer.commit(statements -> {
            nodes.removeRuns(statements, node);
            nodes.takeOver(statements);
            return nodes.renew(statements, owner, lease);
        });
        heart.start();
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
            committer.commit(statements -> {
                nodes.renew(statements, owner, lease);
                for (var each : nodes.leasedTo(statements, owner)) {
                    if (!held.contains(each.letterId(), each.lease())) {
                        queue.release(statements, each.letterId(), each.lease(), time.instant());
                    }
                }
                return nodes.takeOver(statements);
            });
        } catch (SpoolException later) {
            // The committer remembers why, for whoever asks; the next beat tries again.
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            if (heart.isAlive()) {
                heart.join();
            }
            committer.commit(statements -> nodes.removeRuns(statements, node));
        } catch (InterruptedException unclean) {
            Thread.currentThread().interrupt();
        } catch (SpoolException unclean) {
            // The others wait for the end of the lease.
        }
    }
}
