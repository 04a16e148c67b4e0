package facteur.upstream;

import facteur.platform.clock.SteadyTime;
import java.time.Duration;
import java.time.Instant;

/// How many recipients an upstream takes in one transaction: as configured, and as it has shown. What it has shown is believed
/// for a day, then it may show it again. Thread-safe.
final class RecipientLimit {
    private static final Duration MEMORY = Duration.ofDays(1);

    private final int configured;
    private final SteadyTime time;
    private int learned = Integer.MAX_VALUE;
    private Instant learnedUntil = Instant.MIN;

    RecipientLimit(int configured, SteadyTime time) {
        this.configured = configured;
        this.time = time;
    }

    synchronized int most() {
        return time.instant().isBefore(learnedUntil) ? Math.min(configured, learned) : configured;
    }

    synchronized void learn(int number) {
        learned = number;
        learnedUntil = time.instant().plus(MEMORY);
    }
}
