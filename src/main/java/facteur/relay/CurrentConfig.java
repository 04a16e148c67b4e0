package facteur.relay;

import java.util.function.Supplier;

/// The configuration that was last applied, for parts that read a key each time they need it. Thread-safe.
final class CurrentConfig implements Supplier<Config> {
    private volatile Config config;

    CurrentConfig(Config started) {
        config = started;
    }

    /// Of keys that wait for the next start it has the value that they will have.
    @Override
    public Config get() {
        return config;
    }

    void replace(Config next) {
        config = next;
    }
}
