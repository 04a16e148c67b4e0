package facteur.spool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The pieces of work that wait for a [Committer]'s threads, in the order in which they came. Thread-safe.
final class WorkQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<PendingCommit<?>> waiting = new ArrayDeque<>();
    private final long gatheringNanos;
    /// How many have to wait until a thread is woken.
    private int wanted = 1;
    private int lastSize;
    private boolean closed;

    /// @param gathering how long a batch waits for as many as the last one had
    WorkQueue(Duration gathering) {
        gatheringNanos = gathering.toNanos();
    }

    /// @throws SpoolException when it is closed
    void add(PendingCommit<?> work) throws SpoolException {
        lock.lock();
        try {
            if (closed) {
                throw new SpoolException("the spool is closed");
            }
            waiting.add(work);
            if (waiting.size() >= wanted) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Adds it where nothing waits, and it isn't closed.
    void addWhenEmpty(PendingCommit<?> work) {
        lock.lock();
        try {
            if (waiting.isEmpty() && !closed) {
                waiting.add(work);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// What waits, no more than so many; waits itself until there is some, no longer than that. May be empty.
    ///
    /// Where several came together the last time, it waits for as many for a moment: each batch costs two changes of threads and an
    /// fsync, which is more than most pieces of work do.
    ///
    /// @param patienceNanos [Long#MAX_VALUE]: any time
    List<PendingCommit<?>> take(int most, long patienceNanos) {
        lock.lock();
        try {
            await(1, patienceNanos);
            if (!waiting.isEmpty() && waiting.size() < lastSize) {
                await(lastSize, gatheringNanos);
            }
            var batch = new ArrayList<PendingCommit<?>>();
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            lastSize = batch.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void await(int number, long patienceNanos) {
        wanted = number;
        var left = patienceNanos;
        var interrupted = false;
        while (waiting.size() < wanted && !closed && left > 0) {
            try {
                if (left == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                }
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        wanted = 1;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether the end has come: nothing waits, and nothing more is added.
    boolean isDone() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// What waits is still handed out; nothing more is added.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
