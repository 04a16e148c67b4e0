package facteur.platform.log;

/// How much of an address the log shows.
public enum Addresses {
    /// All of it.
    FULL,
    /// A pseudonym that only the key in the state folder can derive, and the domain.
    HASHED,
    /// The first letter, and the domain.
    MASKED
}
