package facteur.domain;

/// A change of state that is to be reported.
///
/// @param claim as it is now
/// @param before the state that was reported last, by its word
public record Transition(Claim claim, String before) {
    /// Reports it.
    @FunctionalInterface
    public interface Listener {
        /// @return whether that is done, or must be tried again later
        Reported report(Transition transition);
    }

    public enum Reported {
        DONE,
        LATER
    }
}
