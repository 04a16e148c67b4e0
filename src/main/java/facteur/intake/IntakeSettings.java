package facteur.intake;

/// What the intake needs to know of the relay itself.
///
/// @param hostname for Received and Message-ID
/// @param receivedFields how many Received fields a letter may have before it counts as going in circles
///     (RFC 5321 §6.3)
public record IntakeSettings(String hostname, int receivedFields) {}
