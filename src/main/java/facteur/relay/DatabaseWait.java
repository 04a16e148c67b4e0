package facteur.relay;

/// How long a start waits for a database that can't be reached.
@FunctionalInterface
public interface DatabaseWait {
    /// Not at all: the start fails.
    DatabaseWait NONE = _ -> false;

    /// Waits before the next try.
    ///
    /// @param why the failure of the last try
    /// @return whether there is a next try
    boolean isRetried(String why);
}
