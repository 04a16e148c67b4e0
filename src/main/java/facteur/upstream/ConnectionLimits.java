package facteur.upstream;

import java.time.Duration;

/// How many connections an upstream gets, and how long each is used.
///
/// @param connections open at the same time, idle ones included
/// @param letters over one connection, then it is closed
/// @param age of a connection that still takes a new letter
/// @param idle how long a connection waits for the next letter
public record ConnectionLimits(int connections, int letters, Duration age, Duration idle) {
    public static final ConnectionLimits DEFAULT =
            new ConnectionLimits(20, 100, Duration.ofMinutes(5), Duration.ofSeconds(30));

    /// @throws IllegalArgumentException when a number is below one
    public ConnectionLimits {
        if (connections < 1 || letters < 1) {
            throw new IllegalArgumentException("at least one connection and one letter");
        }
    }
}
