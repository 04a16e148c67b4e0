package facteur.cli;

import facteur.policy.Decision;
import facteur.policy.SendingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The answer to an [ExplainRequest].
public sealed interface Explanation {
    /// @param relation as the letter names it; empty = none
    /// @param source where the settings come from
    /// @param settingsAge since the source gave them
    /// @param departure empty when the letter would be refused
    record Explained(
            SendingContext letter,
            String relation,
            Decision decision,
            String source,
            Duration settingsAge,
            Optional<Departure> departure,
            List<String> warnings) implements Explanation {}

    /// The letter would not be taken, or the question can't be answered.
    record Unanswered(ExitCode exitCode, List<String> why) implements Explanation {}
}
