package facteur.domain;

/// The result of a check over all its records.
public sealed interface Evidence {
    /// Every record that must be there is there.
    record Proved() implements Evidence {}

    /// DNS says for sure that one isn't.
    ///
    /// @param reason which, and what is there instead
    record Mismatch(String reason) implements Evidence {}

    /// DNS didn't say. Never counts against a domain, nor for it.
    record Unclear(String why) implements Evidence {}
}
