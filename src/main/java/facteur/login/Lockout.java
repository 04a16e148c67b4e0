package facteur.login;

import java.time.Duration;

/// An address that has had too many failures: nobody can log in from there for a while. Immutable.
///
/// @param left until its next login is listened to
public record Lockout(ClientNetwork client, Duration left) {}
