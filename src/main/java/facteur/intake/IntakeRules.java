package facteur.intake;

/// What a letter is taken, judged and sent by. Immutable; swapped whole, so that no letter goes by half of an old
/// configuration and half of a new one.
///
/// @param receivedFields how many Received fields a letter may have before it counts as going in circles
///     (RFC 5321 §6.3)
/// @param hostname for Received and Message-ID
public record IntakeRules(Judge judge, ReversePathRule reversePath, int receivedFields, String hostname) {}
