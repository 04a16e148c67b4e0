package facteur.store;

/// What must be true for a change to be made, so that none overwrites what its author has not seen.
public sealed interface Precondition {
    /// Nothing.
    record None() implements Precondition {}

    /// There is none yet, or it was removed.
    record Absent() implements Precondition {}

    /// It is still what this version wrote. Of an office: the last version that wrote its settings.
    record AtVersion(long number) implements Precondition {}
}
