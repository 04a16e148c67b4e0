package facteur.relay;

import facteur.platform.systemd.ServiceManager;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits for a database that isn't there yet when the daemon starts, as long as it takes, and has systemd wait too. A signal to stop
/// ends the process, and with it the wait. For one thread.
public record BlockingDatabaseWait(ServiceManager manager) implements DatabaseWait {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// Longer than any try and the pause after it.
    private static final Duration MORE = Duration.ofMinutes(5);

    @Override
    public boolean waits(String why) {
        manager.status("waiting for the database: " + why);
        manager.extend(MORE);
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
