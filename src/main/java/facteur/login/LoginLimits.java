package facteur.login;

import facteur.platform.config.Section;
import java.time.Duration;

/// How many wrong passwords are accepted before a lockout.
///
/// @param failures from one address within the window; then it has to wait
/// @param window how long a failure counts
/// @param delay before the reply to the first failure; doubled by each further one, up to eight times as long
public record LoginLimits(int failures, Duration window, Duration delay) {
    private static final int LONGEST_SHIFT = 3;

    /// @param limits the section of that name
    public static LoginLimits from(Section limits) {
        return new LoginLimits(
                limits.integer("login-failures", 10, 1, 1000),
                limits.duration("login-failure-window", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)),
                limits.duration("login-delay", Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1)));
    }

    /// @param count the failures so far, the one that is answered included
    public Duration delayAfter(int count) {
        return delay.multipliedBy(1L << Math.min(count - 1, LONGEST_SHIFT));
    }
}
