package facteur.mail.letter;

import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.platform.log.LetterAddresses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A letter as it was accepted: rewritten, complete, never changed again.
///
/// @param envelope as it will leave
/// @param originalReversePath the app's own: where our bounces go
/// @param message as it will leave
/// @param late when its Reply-To is an address of ours
public record Letter(
        QueueId id,
        Instant acceptedAt,
        Provenance provenance,
        Envelope envelope,
        ReversePath originalReversePath,
        Message message,
        Optional<LateBound> late) {
    public Letter(
            QueueId id, Instant acceptedAt, Provenance provenance, Envelope envelope, ReversePath originalReversePath, Message message) {
        this(id, acceptedAt, provenance, envelope, originalReversePath, message, Optional.empty());
    }

    /// The addresses that foreign text about this letter may contain.
    public LetterAddresses persons() {
        return new LetterAddresses(() -> Stream.of(
                envelope.recipients().stream().map(path -> path.address().toString()),
                envelope.recipients().stream().flatMap(path -> path.original().stream())
                        .map(original -> Xtext.parse(original.encoded()).map(Xtext::decoded).orElse(original.encoded())),
                Stream.of(envelope.reversePath().toString(), originalReversePath.toString(), provenance.sender().text()))
                .flatMap(addresses -> addresses));
    }

    /// The same letter for some of its recipients.
    public Letter to(QueueId other, List<ForwardPath> recipients) {
        return new Letter(other, acceptedAt, provenance, envelope.withRecipients(recipients), originalReversePath, message, late);
    }

    /// The same letter under another reverse-path.
    public Letter withReversePath(ReversePath other) {
        return new Letter(id, acceptedAt, provenance, envelope.withReversePath(other), originalReversePath, message, late);
    }

    /// The same letter, its content stored elsewhere.
    public Letter withMessage(Message other) {
        return new Letter(id, acceptedAt, provenance, envelope, originalReversePath, other, late);
    }
}
