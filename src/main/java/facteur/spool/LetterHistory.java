package facteur.spool;

import facteur.mail.letter.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that is known of one letter, in the queue or ended; texts as the rows have them, so that a damaged letter can be
/// looked at too.
///
/// @param endedAt empty while it is in the queue
/// @param place where it stands in the queue; empty when it has ended
/// @param returns what came back of it, the oldest first
/// @param answers the letter that it came back of, when it is a return or a reply itself
/// @param header as it leaves; empty when it has ended
/// @param attempts the latest of them, the oldest first
public record LetterHistory(
        String id,
        Instant acceptedAt,
        Optional<Instant> endedAt,
        Provenance provenance,
        NamedFields named,
        String reversePath,
        String originalReversePath,
        String bodyType,
        String headerEncoding,
        String returnContent,
        String envelopeId,
        long sizeBytes,
        Optional<Place> place,
        List<OfRecipient> recipients,
        List<Attempt> attempts,
        List<OfReturn> returns,
        Optional<String> answers,
        Optional<String> header) {
    /// The same for those who may not see what it says, such as its subject.
    LetterHistory withoutHeader() {
        return new LetterHistory(id, acceptedAt, endedAt, provenance, named.withoutSubject(), reversePath, originalReversePath, bodyType,
                headerEncoding,
                returnContent, envelopeId, sizeBytes, place, recipients, attempts, returns.stream().map(OfReturn::withoutText).toList(), answers,
                Optional.empty());
    }

    /// Where it stands in the queue.
    public record Place(
            QueueStatus standing, Instant dueAt, int attempts, String leaseOwner, long leaseEpoch, String holdReason) {}

    /// What came to its return address.
    ///
    /// @param id its own
    /// @param kind `report`, `read`, `complaint`, `unreadable`, `automatic` or `reply`
    /// @param text of one that only people understand; of a report [Excerpts]
    public record OfReturn(String id, Instant at, String kind, String sender, String text, List<OfStatus> statuses) {
        /// What is no more than words about its statuses stays.
        OfReturn withoutText() {
            return isReport() ? this : new OfReturn(id, at, kind, sender, "", statuses);
        }

        /// What a report says of a recipient in words, where it has no diagnostic: to be shown.
        public Optional<String> excerpt(OfStatus status) {
            return isReport() ? Excerpts.of(text, status.address()) : Optional.empty();
        }

        public boolean isReport() {
            return kind.equals("report");
        }
    }

    /// What it says of a recipient.
    ///
    /// @param position of that recipient in the envelope; negative when the letter had no such recipient
    /// @param action `failed`, `delayed`, `delivered`, `relayed` or `expanded`
    /// @param status as in RFC 3463; may be empty
    public record OfStatus(int position, String address, String action, String status, String diagnostic, String host) {
        /// Whether the letter had that recipient.
        public boolean isKnown() {
            return position != NewReturn.UNKNOWN;
        }
    }

    /// The last that a host beyond the upstream said of a recipient, and in which return.
    public record Heard(OfReturn in, OfStatus said) {}

    /// What a recipient's status follows from, when a return says it; else the last that any says of that recipient.
    ///
    /// @param position in the envelope
    public Optional<Heard> heardOf(int position) {
        var decisive = switch (recipients.get(position).status()) {
            case "returned" -> Set.of("failed");
            case "delivered" -> Set.of("delivered");
            default -> Set.of("failed", "delayed", "delivered", "relayed", "expanded");
        };
        return returns.stream()
                .flatMap(found -> found.statuses().stream().map(said -> new Heard(found, said)))
                .filter(heard -> heard.said().position() == position && decisive.contains(heard.said().action()))
                .reduce((_, later) -> later);
    }

    /// How far one recipient has come.
    ///
    /// @param lastAt empty before the first attempt
    /// @param reports which ones the app wants (RFC 3461 NOTIFY); empty = those of failure
    public record OfRecipient(
            String address,
            String status,
            String lastReply,
            Optional<Instant> lastAt,
            String reports,
            String originalRecipient) {}
}
