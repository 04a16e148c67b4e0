package facteur.platform.clock;

import java.time.Duration;
import java.time.Instant;

/// The wall clock was set, or the machine slept.
///
/// @param seenAt by the steady clock
/// @param by how far it went; negative when it was set back
public record Jump(Instant seenAt, Duration by) {}
