package facteur.backup;

/// What happens to an existing file, or state.
public enum Existing {
    /// It stays, and nothing is done.
    REFUSE,
    /// A file is replaced; a state is moved aside.
    REPLACE
}
