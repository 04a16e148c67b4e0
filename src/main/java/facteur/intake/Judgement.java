package facteur.intake;

import facteur.policy.Decision;
import facteur.policy.SendingContext;
import java.time.Instant;

/// What came of judging a letter.
public sealed interface Judgement {
    /// @param letter all that the rules looked at
    /// @param loadedAt when the source gave the office's settings
    record Decided(SendingContext letter, Decision decision, Instant loadedAt) implements Judgement {}

    /// There is no such office.
    record NoOffice() implements Judgement {}

    /// The settings can't be had now.
    record Unavailable(String why) implements Judgement {}

    /// There are settings, and they are wrong.
    record Unusable(String why) implements Judgement {}
}
