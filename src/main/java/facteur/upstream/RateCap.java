package facteur.upstream;

import facteur.platform.config.Section;
import java.time.Duration;
import java.util.List;

/// How much an upstream gets at most, within any window of that length. Immutable.
///
/// @param key as configured
/// @param most of these
public record RateCap(String key, Unit unit, int most, Duration window) {
    private static final int MOST = 100_000_000;

    /// What is counted when it is tried, regardless of the outcome.
    public enum Unit {
        LETTERS,
        RECIPIENTS
    }

    private static final List<RateCap> KEYS = List.of(
            new RateCap("letters-per-second", Unit.LETTERS, MOST, Duration.ofSeconds(1)),
            new RateCap("letters-per-minute", Unit.LETTERS, MOST, Duration.ofMinutes(1)),
            new RateCap("letters-per-hour", Unit.LETTERS, MOST, Duration.ofHours(1)),
            new RateCap("letters-per-day", Unit.LETTERS, MOST, Duration.ofDays(1)),
            new RateCap("recipients-per-day", Unit.RECIPIENTS, MOST, Duration.ofDays(1)));

    /// Reads its keys of an upstream: none that isn't written there.
    static List<RateCap> from(Section section) {
        return KEYS.stream()
                .filter(cap -> section.has(cap.key()))
                .map(cap -> cap.of(section.integer(cap.key(), MOST, 1, MOST)))
                .toList();
    }

    private RateCap of(int number) {
        return new RateCap(key, unit, number, window);
    }

    @Override
    public String toString() {
        return key + " " + most;
    }
}
