package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.smtp.ForwardPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A letter in the queue, leased to the holder of this value.
///
/// @param attempts how many deliveries were tried and settled before
/// @param warnedAt when its app got a delay report; empty when it didn't
/// @param recipients all of them, in the order of the envelope
public record LeasedLetter(
        Letter letter, Lease lease, int attempts, Optional<Instant> warnedAt, List<Recipient> recipients) {
    public LeasedLetter {
        recipients = List.copyOf(recipients);
    }

    public QueueId id() {
        return letter.id();
    }

    /// Those that an attempt is still to be made for.
    public List<ForwardPath> pending() {
        return recipients.stream().filter(Recipient::isPending).map(Recipient::path).toList();
    }
}
