package facteur.app;

import facteur.platform.clock.RateLimit;
import facteur.platform.clock.SteadyTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Limits what each app sends, on all listeners together. Holds one entry per app. Thread-safe.
public final class AppRates {
    private volatile RateSettings settings;
    private final SteadyTime time;
    private final Map<String, RateLimit> letters = new ConcurrentHashMap<>();
    private final Map<String, RateLimit> recipients = new ConcurrentHashMap<>();

    public AppRates(RateSettings settings, SteadyTime time) {
        this.settings = settings;
        this.time = time;
    }

    /// What an app has sent still counts.
    public void apply(RateSettings next) {
        settings = next;
    }

    /// Counts a letter. False when the app has begun too many within a minute.
    public boolean acquireLetter(App app) {
        return tryAcquire(letters, app, settings.lettersPerMinute());
    }

    /// Counts a recipient. False when the app has named too many within a minute.
    public boolean acquireRecipient(App app) {
        return tryAcquire(recipients, app, settings.recipientsPerMinute());
    }

    private boolean tryAcquire(Map<String, RateLimit> limits, App app, int perMinute) {
        return limits.computeIfAbsent(app.name(), _ -> new RateLimit(perMinute, time)).tryAcquire(perMinute);
    }
}
