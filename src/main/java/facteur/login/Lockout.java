package facteur.login;

import java.time.Duration;

/// An address with too many failures: no login from there is accepted for a while. Immutable.
///
/// @param left until its next login is listened to
public record Lockout(ClientNetwork client, Duration left) {}
