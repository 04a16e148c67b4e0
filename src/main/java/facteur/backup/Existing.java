package facteur.backup;

/// What becomes of what is there already.
public enum Existing {
    /// It stays, and nothing is done.
    REFUSE,
    /// A file is replaced; a state is moved aside.
    REPLACE
}
