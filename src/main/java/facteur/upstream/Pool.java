package facteur.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The connections of one upstream. Whoever relays first gets a turn, of which there are as many as connections; then an
/// idle connection if there is one, the most recently used first, so that the others grow old and go. A new one is
/// opened only when none is idle, so there are never more connections than turns.
///
/// Thread-safe. No thread of its own: what expires is closed by whoever meets it, or by [#reap].
final class Pool {
    private record Idle(RelayTransport connection, Instant since) {}

    private final ConnectionLimits limits;
    private final InstantSource time;
    private final Semaphore turns;
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private boolean isClosed;

    Pool(ConnectionLimits limits, InstantSource time) {
        this.limits = limits;
        this.time = time;
        this.turns = new Semaphore(limits.connections(), true);
    }

    /// Waits for a turn, first come, first served; [#endTurn] gives it back.
    boolean awaitTurn(Duration timeout) throws InterruptedException {
        return turns.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    int waiting() {
        return turns.getQueueLength();
    }

    void endTurn() {
        turns.release();
    }

    /// An idle connection that may take another letter. It may be dead all the same: the other side doesn't tell.
    Optional<RelayTransport> take() {
        while (true) {
            Idle newest;
            synchronized (this) {
                newest = idle.pollFirst();
            }
            if (newest == null) {
                return Optional.empty();
            }
            if (!isExpired(newest, time.instant())) {
                return Optional.of(newest.connection());
            }
            newest.connection().quit();
        }
    }

    /// Takes back a connection that is in order.
    void give(RelayTransport connection) {
        var now = time.instant();
        if (isWorn(connection, now) || !keep(new Idle(connection, now))) {
            connection.quit();
        }
    }

    /// Closes the idle connections whose time is over.
    void reap() {
        var now = time.instant();
        var expired = new ArrayList<Idle>();
        synchronized (this) {
            idle.removeIf(candidate -> isExpired(candidate, now) && expired.add(candidate));
        }
        expired.forEach(one -> one.connection().quit());
    }

    /// Closes the idle connections, and from now on each one that is given back.
    void close() {
        List<Idle> last;
        synchronized (this) {
            isClosed = true;
            last = List.copyOf(idle);
            idle.clear();
        }
        last.forEach(one -> one.connection().quit());
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    private synchronized boolean keep(Idle candidate) {
        if (!isClosed) {
            idle.addFirst(candidate);
        }
        return !isClosed;
    }

    private boolean isExpired(Idle candidate, Instant now) {
        return isWorn(candidate.connection(), now)
                || !now.isBefore(candidate.since().plus(limits.idle()));
    }

    private boolean isWorn(RelayTransport connection, Instant now) {
        return connection.letters() >= limits.letters()
                || !now.isBefore(connection.openedAt().plus(limits.age()));
    }
}
