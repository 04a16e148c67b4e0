package facteur.app;

import facteur.platform.clock.SteadyTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what each app sends, on all listeners together. Holds an entry for each app there is. Thread-safe.
public final class AppRates {
    private volatile RateSettings settings;
    private final SteadyTime time;
    private final Map<String, RateLimit> letters = new ConcurrentHashMap<>();
    private final Map<String, RateLimit> recipients = new ConcurrentHashMap<>();

    public AppRates(RateSettings settings, SteadyTime time) {
        this.settings = settings;
        this.time = time;
    }

    /// Goes by other limits from now on; what an app has sent still counts.
    public void apply(RateSettings others) {
        settings = others;
    }

    /// False when the app has begun too many letters within a minute.
    public boolean takeLetter(App app) {
        return take(letters, app, settings.lettersPerMinute());
    }

    /// False when the app has named too many recipients within a minute.
    public boolean takeRecipient(App app) {
        return take(recipients, app, settings.recipientsPerMinute());
    }

    private boolean take(Map<String, RateLimit> limits, App app, int perMinute) {
        return limits.computeIfAbsent(app.name(), _ -> new RateLimit(perMinute, time)).take(perMinute);
    }
}
