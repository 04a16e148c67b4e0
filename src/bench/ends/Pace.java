import java.util.concurrent.locks.LockSupport;

/** When letters are due, one after the other, however long those before them take. Thread-safe. */
final class Pace {
    /** Nanoseconds between two letters; 0 is as fast as can be, less is none. */
    private double interval = -1;

    private double next;

    synchronized void set(double lettersPerSecond) {
        interval = 1e9 / lettersPerSecond;
        next = System.nanoTime();
        notifyAll();
    }

    synchronized void full() {
        interval = 0;
        notifyAll();
    }

    synchronized void stop() {
        interval = -1;
    }

    /** How long the next letter is overdue: no app had time for it. */
    synchronized double lateMillis() {
        return interval > 0 ? Math.max(0, (System.nanoTime() - next) / 1e6) : 0;
    }

    /** Waits until a letter is due. When it was. */
    long await() throws InterruptedException {
        var due = take();
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }

    private synchronized long take() throws InterruptedException {
        while (interval < 0) {
            wait();
        }
        if (interval == 0) {
            return System.nanoTime();
        }
        var due = (long) next;
        next += interval;
        return due;
    }
}
