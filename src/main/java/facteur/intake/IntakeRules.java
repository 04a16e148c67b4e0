package facteur.intake;

import facteur.mail.letter.QueueId;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.rewrite.ReceivedClient;
import java.time.Duration;
import java.util.Optional;

/// What a letter is accepted, decided and sent by. Immutable; swapped whole, so that no letter mixes an old configuration
/// with a new one.
///
/// @param receivedFields how many Received fields a letter may have before it counts as a mail loop
///     (RFC 5321 §6.3)
/// @param receivedClient how much of the app our own Received field shows
/// @param hostname for Received and Message-ID
/// @param returns makes return addresses; empty = letters leave with none
/// @param duplicates for how long a letter is known that its app may hand over again; empty = each counts as a new one
public record IntakeRules(
        Decider judge,
        ReversePathRule reversePath,
        int receivedFields,
        ReceivedClient receivedClient,
        String hostname,
        Optional<ReturnAddresses> returns,
        Optional<Duration> duplicates) {
    /// The address of a letter for replies that go to those who answer when they arrive.
    ///
    /// @return empty where there is no domain for that
    Optional<Address> replyAddress(QueueId letter) {
        return returns.flatMap(addresses -> addresses.of(ReturnKind.REPLY, letter));
    }

    /// Under which reverse-path a letter leaves.
    ReversePath reversePath(ReversePath original, Address from, QueueId letter) {
        return reversePath.apply(original, from, () -> returns.flatMap(addresses -> addresses.of(ReturnKind.BOUNCE, letter))
                .orElseThrow(() -> new IllegalStateException("no domain for return addresses")));
    }
}
