package facteur.intake;

import facteur.rewrite.ReceivedClient;

/// What a letter is accepted, decided and sent by. Immutable; swapped whole, so that no letter mixes an old configuration
/// with a new one.
///
/// @param receivedFields how many Received fields a letter may have before it counts as a mail loop
///     (RFC 5321 §6.3)
/// @param receivedClient how much of the app our own Received field shows
/// @param hostname for Received and Message-ID
public record IntakeRules(Decider judge, ReversePathRule reversePath, int receivedFields, ReceivedClient receivedClient, String hostname) {}
