package facteur.delivery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What the parts of a [QueueRunner] signal to each other: that there may be work, that it is to stop, that it has
/// stopped. Thread-safe.
final class RunnerSignals {
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /// Makes the loop look at the queue now.
    void wake() {
        wakeUps.release();
    }

    /// Waits for a wake-up; all that came together count as one.
    void awaitWakeUp(Duration timeout) throws InterruptedException {
        if (timeout.isPositive() && wakeUps.tryAcquire(timeout.toMillis() + 1, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    /// Nothing more is to be claimed.
    void stop() {
        stopping.countDown();
        wake();
    }

    boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /// @return whether it is to stop; true when interrupted
    boolean awaitStop(Duration timeout) {
        return await(stopping, timeout);
    }

    /// Attempts that still run no longer wait for the spool.
    void end() {
        stopped.countDown();
    }

    /// @return whether it has ended; true when interrupted
    boolean awaitEnd(Duration timeout) {
        return await(stopped, timeout);
    }

    private static boolean await(CountDownLatch latch, Duration timeout) {
        try {
            return latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
