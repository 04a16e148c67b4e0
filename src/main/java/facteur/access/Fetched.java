package facteur.access;

/// What a provider was asked for.
sealed interface Fetched<T> {
    record Got<T>(T value) implements Fetched<T> {}

    /// @param why a sentence for the operator; may quote the provider
    record Failed<T>(String why) implements Fetched<T> {}
}
