package facteur.access;

import java.time.Duration;

/// When sessions end.
///
/// @param idle without a request
/// @param longest at the latest
public record SessionLimits(Duration idle, Duration longest) {
    public static final SessionLimits STANDARD = new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12));
}
