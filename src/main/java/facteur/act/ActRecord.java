package facteur.act;

/// Remembers what was changed besides settings and cards, which have a history of their own: as operators' commands are remembered.
@FunctionalInterface
public interface ActRecord {
    /// @param operator the token and its peer
    /// @param command as `facteur` would do it
    void record(String operator, String command);
}
