package facteur.spool;

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
    private boolean closed;

    /// @throws SpoolException when it is closed
    void add(PendingCommit<?> work) throws SpoolException {
        lock.lock();
        try {
            if (closed) {
                throw new SpoolException("the spool is closed");
            }
            waiting.add(work);
            changed.signal();
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

    /// What waits, no more than so many; waits itself until there is some. Empty when the end has come.
    List<PendingCommit<?>> take(int most) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            var batch = new ArrayList<PendingCommit<?>>();
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
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
