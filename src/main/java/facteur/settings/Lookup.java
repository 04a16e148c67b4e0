package facteur.settings;

import java.time.Instant;

/// What came of asking a source.
public sealed interface Lookup<T> {
    /// @param loadedAt when the source said so
    record Found<T>(T value, Instant loadedAt) implements Lookup<T> {}

    /// The source answered, and there is none.
    record Missing<T>() implements Lookup<T> {}

    /// The source didn't answer, or what it holds can't be used.
    record Unavailable<T>(String why) implements Lookup<T> {}
}
