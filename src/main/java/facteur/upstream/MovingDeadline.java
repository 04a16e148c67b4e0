package facteur.upstream;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A deadline that moves with each reply, and passes hardly ever. A timer for each would cost as much as reading the reply: the
/// thread of the timers is woken to set it, and to forget it. So there is one timer, which is left alone while the deadline moves
/// on, and looks where it is by then. What is done is done when the last deadline has passed, never before. Thread-safe.
final class MovingDeadline {
    private final Runnable whenPassed;
    private boolean isSet;
    private long deadlineNanos;
    private @Nullable ScheduledFuture<?> timer;
    private long timerNanos;

    /// @param whenPassed doesn't block
    MovingDeadline(Runnable whenPassed) {
        this.whenPassed = whenPassed;
    }

    /// @param nanos by [System#nanoTime]
    synchronized void set(long nanos) {
        isSet = true;
        deadlineNanos = nanos;
        if (timer == null) {
            start();
        } else if (nanos - timerNanos < 0) {
            timer.cancel(false);
            start();
        }
    }

    synchronized void clear() {
        isSet = false;
    }

    /// For good.
    synchronized void cancel() {
        isSet = false;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void start() {
        timerNanos = deadlineNanos;
        timer = ForkJoinPool.commonPool().schedule(this::look, timerNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /// What is done is done before the deadline can be cleared: it is either late or in time, never both.
    private synchronized void look() {
        if (isSet && deadlineNanos - System.nanoTime() > 0) {
            start();
            return;
        }
        timer = null;
        if (isSet) {
            isSet = false;
            whenPassed.run();
        }
    }
}
