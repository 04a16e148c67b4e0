package facteur.delivery;

import facteur.platform.clock.PollInterval;
import facteur.platform.config.DataSize;
import facteur.platform.config.Section;
import java.time.Duration;

/// How much is delivered at once.
///
/// @param attempts that run at the same time, for each route: those beyond its connections queue, ahead of the next
///     letter of another office
/// @param handOverBytes headers and small bodies in memory, of letters that are being delivered
/// @param stopTimeout how long a stop waits for running attempts
/// @param poll the longest between two looks at the queue: an operator's changes are seen within it
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
