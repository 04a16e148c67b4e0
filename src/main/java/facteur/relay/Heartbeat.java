package facteur.relay;

import facteur.platform.systemd.ServiceManager;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports to the service manager, again and again, that the daemon is alive, and its status.
///
/// Each heartbeat first checks every part of the daemon ([Daemon#deadPart]). A part that doesn't respond holds the heartbeat
/// up, and when it does so for as long as the unit's WatchdogSec=, systemd restarts the daemon. So nothing here measures
/// time: a disk that is slow for seconds delays a heartbeat that has minutes, and a stuck one holds it for good.
public final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ServiceManager manager;
    private final Supplier<Optional<String>> deadPart;
    private final Supplier<String> line;
    private final Duration rest;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Heartbeat(ServiceManager manager, Supplier<Optional<String>> deadPart, Supplier<String> line) {
        this.manager = manager;
        this.deadPart = deadPart;
        this.line = line;
        var half = manager.watchdog().map(limit -> limit.dividedBy(2)).orElse(LONGEST);
        this.rest = half.compareTo(LONGEST) < 0 ? half : LONGEST;
    }

    /// Begins, when a service manager is there. On a virtual thread like those that serve apps: when those are stuck, so is
    /// this one.
    ///
    /// @param deadPart returns when every part has responded, with the one that never will
    /// @param line the daemon's status
    public static Heartbeat start(ServiceManager manager, Supplier<Optional<String>> deadPart, Supplier<String> line) {
        var heartbeat = new Heartbeat(manager, deadPart, line);
        if (manager.isThere()) {
            Thread.ofVirtual().name("heartbeat").start(heartbeat::run);
        }
        return heartbeat;
    }

    private void run() {
        try {
            do {
                beat();
            } while (!closed.await(rest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            deadPart.get().ifPresentOrElse(what -> LOG.error("no sign of life for systemd: {}", what), manager::alive);
            manager.status(line.get());
        } catch (RuntimeException fault) {
            LOG.error("no sign of life for systemd", fault);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
