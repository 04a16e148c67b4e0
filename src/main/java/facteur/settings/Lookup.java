package facteur.settings;

/// What came of asking a source.
public sealed interface Lookup<T> {
    record Found<T>(T value) implements Lookup<T> {}

    /// The source answered, and there is none.
    record Missing<T>() implements Lookup<T> {}

    /// The source didn't answer, or what it holds can't be used.
    record Unavailable<T>(String why) implements Lookup<T> {}
}
