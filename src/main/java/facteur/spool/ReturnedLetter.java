package facteur.spool;

import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A letter of which something came back: what is known of it when its content is gone, and what hosts said of it. Immutable.
///
/// @param sent what is needed to find out who answers it
/// @param subject perhaps cut; empty when it isn't known
/// @param messageId in angle brackets; empty when it isn't known
/// @param from as it left, for people; empty when it isn't known
/// @param originalReversePath the app's own
/// @param request what the app said of reports
/// @param recipients in the order of the envelope
/// @param returns the oldest first
public record ReturnedLetter(
        SentLetter sent,
        Instant acceptedAt,
        String subject,
        String messageId,
        String from,
        ReversePath originalReversePath,
        DsnRequest request,
        List<ForwardPath> recipients,
        List<Return> returns) {
    public ReturnedLetter {
        recipients = List.copyOf(recipients);
        returns = List.copyOf(returns);
    }

    public QueueId id() {
        return sent.id();
    }

    public Provenance provenance() {
        return sent.provenance();
    }

    /// Whether a client wrote it, to people of the office.
    public boolean isReply() {
        return provenance().kind() == Provenance.Kind.REPLY;
    }

    /// The recipient as the letter has it; empty when it isn't one of its own.
    public Optional<ForwardPath> path(OfRecipient recipient) {
        var at = recipient.position();
        return at >= 0 && at < recipients.size() ? Optional.of(recipients.get(at)) : Optional.empty();
    }

    /// What a report says of the recipient in words, where it has no diagnostic: to be shown.
    public Optional<String> excerpt(OfRecipient recipient) {
        return returns.stream()
                .filter(each -> each.isReadable() && each.recipients().contains(recipient))
                .flatMap(each -> Excerpts.of(each.text(), recipient.address()).stream())
                .findFirst();
    }

    /// What came to its return address, once.
    ///
    /// @param isReadable false of a bounce that only people understand
    /// @param text of such a one; of others [Excerpts]
    public record Return(QueueId id, Instant at, boolean isReadable, String text, List<OfRecipient> recipients) {
        public Return {
            recipients = List.copyOf(recipients);
        }
    }

    /// What it said of one recipient.
    ///
    /// @param position in the envelope; -1 when it isn't there
    /// @param action `failed`, `delayed`, `delivered`, `relayed` or `expanded`
    /// @param status `5.1.1` (RFC 3463); may be empty
    /// @param diagnostic the host's own words; may be empty
    /// @param host that said so; may be empty
    public record OfRecipient(int position, String address, String action, String status, String diagnostic, String host) {
        public boolean isFailure() {
            return action.equals("failed");
        }
    }
}
