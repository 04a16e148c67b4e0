package facteur.relay;

/// What is done while the daemon would start, but its database is away.
@FunctionalInterface
interface DatabaseWait {
    /// A start that fails.
    DatabaseWait NONE = why -> false;

    /// Waits a little.
    ///
    /// @param why what the last try said
    /// @return whether to try again
    boolean waits(String why);
}
