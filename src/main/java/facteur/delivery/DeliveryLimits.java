package facteur.delivery;

import java.time.Duration;

/// How much is done at once.
///
/// @param attempts that run at the same time
/// @param handOverBytes bodies kept in memory for letters handed over without going through the queue
/// @param stopTimeout how long a stop waits for attempts under way
public record DeliveryLimits(int attempts, long handOverBytes, Duration stopTimeout) {}
