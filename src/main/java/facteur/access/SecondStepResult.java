package facteur.access;

import java.time.Duration;
import java.time.Instant;

/// What comes of a code.
public sealed interface SecondStepResult {
    /// @param recoveryCodesLeft when one of those was given; -1 when it was the authenticator's
    record Good(int recoveryCodesLeft) implements SecondStepResult {}

    /// It is none, or was given before.
    ///
    /// @param delay how long to wait before the answer
    record Wrong(Duration delay) implements SecondStepResult {}

    /// Too many were wrong; nothing was looked at.
    record TooMany(Instant until) implements SecondStepResult {}
}
