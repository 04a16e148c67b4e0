package facteur.listener;

import java.time.Duration;

/// How a connection is slowed down that names recipients in vain: who guesses addresses gets few of them answered. Immutable.
///
/// @param free recipients that may be refused at full speed
/// @param most refused ones; then the connection is closed
/// @param pause before each command once the free ones are used up
public record Tarpit(int free, int most, Duration pause) {
    /// Nothing is slowed down, as among apps.
    static final Tarpit NONE = new Tarpit(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);

    /// @param refused recipients so far
    Duration pause(int refused) {
        return refused >= free ? pause : Duration.ZERO;
    }

    boolean isOver(int refused) {
        return refused >= most;
    }
}
