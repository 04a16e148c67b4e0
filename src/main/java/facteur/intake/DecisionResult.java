package facteur.intake;

import facteur.policy.Decision;
import facteur.policy.SendingContext;
import facteur.policy.Unclear;
import java.time.Instant;
import java.util.List;

/// What came of deciding on a letter.
public sealed interface DecisionResult {
    /// @param letter everything the rules looked at
    /// @param unclear what the letter says that couldn't be read, and so made no difference
    /// @param loadedAt when the source gave the office's settings
    record Decided(SendingContext letter, Decision decision, List<Unclear> unclear, Instant loadedAt) implements DecisionResult {}

    /// There is no such office.
    record NoOffice() implements DecisionResult {}

    /// The settings are unavailable now.
    record Unavailable(String why) implements DecisionResult {}

    /// There are settings, and they are wrong.
    record Unusable(String why) implements DecisionResult {}
}
