package facteur.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Periodic work: each duty has a virtual thread of its own that is named after it, so that a slow one delays no other.
/// One thread at a time.
final class PeriodicTasks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);

    private final List<ScheduledExecutorService> threads = new ArrayList<>();

    /// @param name of the duty, for its thread and for the log
    /// @param first how long until it is done for the first time
    /// @param pause between its end and the next time
    void repeat(String name, Duration first, Duration pause, Runnable duty) {
        var thread = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name(name).factory());
        threads.add(thread);
        var _ = thread.scheduleWithFixedDelay(() -> run(name, duty), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(String name, Runnable duty) {
        try {
            duty.run();
        } catch (RuntimeException bug) {
            LOG.error(name, bug); // The next time may do better; a throw would be the last.
        }
    }

    /// Interrupts those that are at work, and waits for none.
    @Override
    public void close() {
        threads.forEach(ScheduledExecutorService::shutdownNow);
    }
}
