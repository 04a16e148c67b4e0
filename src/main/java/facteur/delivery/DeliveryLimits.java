package facteur.delivery;

import facteur.platform.clock.PollInterval;
import facteur.platform.config.DataSize;
import facteur.platform.config.Section;
import java.time.Duration;

/// How much is done at once.
///
/// @param attempts that run at the same time, for each route: those beyond its connections stand in line, the next letter of
///     another office behind them
/// @param handOverBytes headers and small bodies in memory, of letters that are being delivered
/// @param stopTimeout how long a stop waits for attempts under way
/// @param poll how long the queue goes unwatched at most: so soon are the changes of an operator's command seen
public record DeliveryLimits(int attempts, long handOverBytes, Duration stopTimeout, Duration poll) {
    private static final Duration POLL = Duration.ofSeconds(2);

    /// Reads `attempts`, `hand-over-memory` and `stop-timeout` of the section `delivery`.
    public static DeliveryLimits from(Section section) {
        return new DeliveryLimits(
                section.integer("attempts", 200, 1, 100_000),
                section.size("hand-over-memory", DataSize.ofMegabytes(32)).bytes(),
                section.duration("stop-timeout", Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(1)),
                PollInterval.of(POLL));
    }
}
