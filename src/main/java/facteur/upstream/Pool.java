package facteur.upstream;

import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The connections of one upstream. The first to relay gets a turn, of which there are as many as connections; then an
/// idle connection if there is one, the most recently used first, so that the others grow old and go. A new one is
/// opened only when none is idle, so there are never more connections than turns.
///
/// How many turns there are depends on what the upstream lets us have ([Throttle]).
///
/// Thread-safe. No thread of its own: what expires is closed by the next caller, or by [#reap].
final class Pool {
    private record Idle(RelayTransport connection, Instant since) {}

    /// As many as the throttle says; fewer than none while more are in use.
    private static final class Turns extends Semaphore {
        /// At a stop every caller gets one, and learns that the pool is closed.
        private static final int PLENTY = 1_000_000;

        Turns(int number) {
            super(number, true);
        }

        void change(int difference) {
            if (difference < 0) {
                reducePermits(-difference);
            } else {
                release(difference);
            }
        }
    }

    /// Fewer connections than before.
    ///
    /// @param last what it said
    record Throttled(int limit, FailureCause last) {}

    private final ConnectionLimits limits;
    private final SteadyTime time;
    private final Turns turns;
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private Throttle throttle;
    private Optional<FailureCause> refusal = Optional.empty();

    /// The lowest limit that was told of, since there was none.
    private int told;

    /// Connections in use, or being opened.
    private int used;

    private boolean isClosed;

    Pool(ConnectionLimits limits, SteadyTime time) {
        this.limits = limits;
        this.time = time;
        this.turns = new Turns(limits.connections());
        this.throttle = Throttle.none(limits.connections());
        this.told = limits.connections();
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
            boolean isFit;
            synchronized (this) {
                newest = idle.pollFirst();
                isFit = newest != null && !isExpired(newest, time.instant());
                if (isFit) {
                    used++;
                }
            }
            if (newest == null) {
                return Optional.empty();
            }
            if (isFit) {
                return Optional.of(newest.connection());
            }
            newest.connection().quit();
        }
    }

    /// A connection is about to be opened; [#give], [#retire], [#drop] or [#notOpened] follows.
    synchronized void opening() {
        used++;
    }

    synchronized void notOpened() {
        used--;
    }

    /// Takes back a connection that is in order.
    void give(RelayTransport connection) {
        if (!keeps(connection)) {
            connection.quit();
        }
    }

    /// Takes back one that is in order, and closes it.
    void retire(RelayTransport connection) {
        notOpened();
        connection.quit();
    }

    /// Takes back one that isn't in order.
    void drop(RelayTransport connection) {
        notOpened();
        connection.drop();
    }

    /// Learns that a connection was turned away that is given back by now. When others are served all the same it was one
    /// too many, and there are fewer turns.
    ///
    /// @param since when it began: who has been idle for longer needn't be alive
    /// @return whether others are served
    synchronized boolean isTooMany(Instant since, FailureCause cause) {
        var others = used + (int) idle.stream().filter(each -> !each.since().isBefore(since)).count();
        if (others == 0) {
            return false;
        }
        refusal = Optional.of(cause);
        become(throttle.refused(others, time.instant()));
        return true;
    }

    /// Learns that a letter was relayed.
    synchronized void relayed() {
        become(throttle.relayed(throttle.limit() - turns.availablePermits(), time.instant()));
    }

    private void become(Throttle other) {
        turns.change(other.limit() - throttle.limit());
        throttle = other;
    }

    /// How many connections there may be now.
    synchronized int limit() {
        return throttle.limit();
    }

    /// How many there are, in use or idle.
    synchronized int open() {
        return used + idle.size();
    }

    /// What is to be told since it was asked for last: that there are fewer than ever since there were all.
    synchronized Optional<Throttled> news() {
        var limit = throttle.limit();
        var isNews = limit < told;
        if (isNews || limit == limits.connections()) {
            told = limit;
        }
        return isNews ? refusal.map(cause -> new Throttled(limit, cause)) : Optional.empty();
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

    /// Closes the idle connections, and from now on each one that is given back. No caller waits for a turn any more.
    void close() {
        List<Idle> last;
        synchronized (this) {
            isClosed = true;
            last = List.copyOf(idle);
            idle.clear();
        }
        turns.release(Turns.PLENTY);
        last.forEach(one -> one.connection().quit());
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    private synchronized boolean keeps(RelayTransport connection) {
        used--;
        var now = time.instant();
        var isFit = !isClosed && !isWorn(connection, now);
        if (isFit) {
            idle.addFirst(new Idle(connection, now));
        }
        return isFit;
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
