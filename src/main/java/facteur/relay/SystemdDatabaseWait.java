package facteur.relay;

import facteur.platform.systemd.ServiceManager;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits for the database as long as it takes, and has systemd wait too. A signal to stop ends the process, and with it the
/// wait. For one thread.
public record SystemdDatabaseWait(ServiceManager manager) implements DatabaseWait {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// Longer than a try and the pause after it.
    private static final Duration EXTENSION = Duration.ofMinutes(5);

    @Override
    public boolean isRetried(String why) {
        manager.status("waiting for the database: " + why);
        manager.extend(EXTENSION);
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
