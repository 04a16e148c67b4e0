package facteur.office;

/// What becomes of a letter to an address that is known not to work.
public enum KnownBad {
    /// It leaves, and the log says so.
    WARN,
    REFUSE,
    IGNORE
}
