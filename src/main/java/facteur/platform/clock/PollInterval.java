package facteur.platform.clock;

import java.time.Duration;

/// How often facteur looks for what another process has changed, or what has become due meanwhile.
public final class PollInterval {
    /// A system property, in milliseconds. For tests: their clocks leap, which wakes no one.
    private static final String PROPERTY = "facteur.poll";

    private PollInterval() {}

    /// @param usual what it is outside tests
    public static Duration of(Duration usual) {
        return Duration.ofMillis(Long.getLong(PROPERTY, usual.toMillis()));
    }
}
