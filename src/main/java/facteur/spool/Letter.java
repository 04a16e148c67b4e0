package facteur.spool;

import facteur.message.Message;
import facteur.smtp.Envelope;
import facteur.smtp.ForwardPath;
import facteur.smtp.ReversePath;
import java.time.Instant;
import java.util.List;

/// A letter as it was accepted: rewritten, complete, never changed again.
///
/// @param envelope as it will leave
/// @param originalReversePath the app's own: where our bounces go
/// @param message as it will leave
public record Letter(
        QueueId id,
        Instant acceptedAt,
        Provenance provenance,
        Envelope envelope,
        ReversePath originalReversePath,
        Message message) {
    /// The same letter for some of its recipients.
    public Letter to(QueueId other, List<ForwardPath> recipients) {
        return new Letter(other, acceptedAt, provenance, envelope.withRecipients(recipients), originalReversePath, message);
    }

    /// The same letter, its content kept elsewhere.
    Letter withMessage(Message other) {
        return new Letter(id, acceptedAt, provenance, envelope, originalReversePath, other);
    }
}
