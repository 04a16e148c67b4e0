package facteur.delivery;

import facteur.config.Section;
import facteur.upstream.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// When to try again (RFC 5321 §4.5.4.1). Immutable.
///
/// @param delays after the first failure, the second, …; the last one repeats; at least one
/// @param expireAfter the age at which a letter is given up
/// @param warnAfter the age at which its app is told that it takes long
public record RetrySchedule(List<Duration> delays, Duration expireAfter, Duration warnAfter) {
    private static final List<Duration> STANDARD = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4));

    private static final Duration SOON = Duration.ofSeconds(1);

    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("a retry schedule needs a delay");
        }
    }

    /// Reads `retry`, `expire-after` and `warn-after` of the section `delivery`.
    public static RetrySchedule from(Section section) {
        var delays = section.durations("retry", STANDARD);
        if (delays.isEmpty()) {
            section.problem("retry", "at least one delay is needed");
        }
        return new RetrySchedule(
                delays.isEmpty() ? STANDARD : delays,
                section.duration("expire-after", Duration.ofDays(5)),
                section.duration("warn-after", Duration.ofHours(4)));
    }

    /// @param attempts how many were made, this one included; at least one
    /// @return empty when the letter is too old for another
    public Optional<Instant> next(Instant acceptedAt, int attempts, Instant now, Jitter jitter) {
        return after(jitter.spread(delays.get(Math.min(attempts, delays.size()) - 1)), acceptedAt, now);
    }

    /// When to try again a letter that there was nothing wrong with.
    public Optional<Instant> soon(Instant acceptedAt, Instant now) {
        return after(SOON, acceptedAt, now);
    }

    /// Whether the app should be told that it takes long.
    boolean isLate(Instant acceptedAt, Instant now) {
        return !now.isBefore(acceptedAt.plus(warnAfter));
    }

    private Optional<Instant> after(Duration delay, Instant acceptedAt, Instant now) {
        var expiresAt = acceptedAt.plus(expireAfter);
        if (!now.isBefore(expiresAt)) {
            return Optional.empty();
        }
        var dueAt = now.plus(delay);
        // One last attempt when it expires, rather than none after a long delay.
        return Optional.of(dueAt.isBefore(expiresAt) ? dueAt : expiresAt);
    }
}
