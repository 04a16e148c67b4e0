package facteur.delivery;

import facteur.platform.config.Section;
import facteur.upstream.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// When to try again (RFC 5321 §4.5.4.1). Immutable.
///
/// @param delays after the first failure, the second, …; the last one repeats; at least one
/// @param expireAfter the age at which a letter expires
/// @param warnAfter the age at which its app gets a delay report
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

    /// What else puts a letter off does so by minutes, and the clocks of nodes may differ by some.
    private static final Duration LEAST = Duration.ofMinutes(10);

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

    /// Whether an attempt that began then was the letter's last one: it was too old already. So each letter is tried once more
    /// after it has expired, even if the clock was set in between.
    public boolean isExpired(Instant acceptedAt, Instant beganAt) {
        return !beganAt.isBefore(acceptedAt.plus(expireAfter));
    }

    /// @param attempts how many were made, this one included; at least one
    /// @param beganAt when this one did
    public Instant next(Instant acceptedAt, int attempts, Instant beganAt, Instant now, Jitter jitter) {
        return after(jitter.spread(delays.get(Math.min(attempts, delays.size()) - 1)), acceptedAt, beganAt, now);
    }

    /// When to try again a letter that there was nothing wrong with.
    public Instant soon(Instant acceptedAt, Instant beganAt, Instant now) {
        return after(SOON, acceptedAt, beganAt, now);
    }

    /// No letter waits longer: one that would was put off by a clock that was wrong.
    public Duration longest() {
        var longest = delays.stream().max(Duration::compareTo).orElseThrow();
        return (longest.compareTo(LEAST) < 0 ? LEAST : longest).multipliedBy(6).dividedBy(5);
    }

    /// Whether the app should get a delay report.
    boolean isLate(Instant acceptedAt, Instant now) {
        return !now.isBefore(acceptedAt.plus(warnAfter));
    }

    private Instant after(Duration delay, Instant acceptedAt, Instant beganAt, Instant now) {
        var expiresAt = acceptedAt.plus(expireAfter);
        var dueAt = now.plus(delay);
        if (isExpired(acceptedAt, beganAt) || dueAt.isBefore(expiresAt)) {
            return dueAt;
        }
        // One last attempt when it expires, rather than none after a long delay.
        return expiresAt.isBefore(now) ? now : expiresAt;
    }
}
