package facteur.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What comes of a login and a password.
public sealed interface SignInResult {
    /// Both are right.
    ///
    /// @param delay how long to wait before the answer, and before a session is begun
    record Good(Person person, Duration delay) implements SignInResult {}

    /// One of them is wrong, or the person is disabled: never said which.
    ///
    /// @param delay how long to wait before the answer
    /// @param login if there is such a one, for the log alone: people type passwords into the wrong field
    record Wrong(Duration delay, Optional<String> login) implements SignInResult {}

    /// Too many were wrong from that address; nothing was looked at.
    record TooMany(Instant until) implements SignInResult {}

    /// Too many others are being judged; nothing was counted.
    record Busy() implements SignInResult {}
}
