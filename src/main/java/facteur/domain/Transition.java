package facteur.domain;

/// A change of state that is to be told.
///
/// @param claim as it is now
/// @param before the state that was told last, by its word
public record Transition(Claim claim, String before) {
    /// Takes note of it.
    @FunctionalInterface
    public interface Listener {
        /// @return whether that is done, or is to be tried again later
        Told tell(Transition transition);
    }

    public enum Told {
        DONE,
        LATER
    }
}
