package facteur.mail.returned;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a host says of one recipient (RFC 3464 §2.3). Immutable; texts are of one line and clean of control characters.
///
/// @param original whom the letter was first written to, when the host was told and says so
/// @param recipient the address that the host tried; the original one when it doesn't say
/// @param action what became of the letter
/// @param status `5.1.1` (RFC 3463), the better one of Status and Diagnostic-Code; empty when there is none
/// @param diagnostic in the words of the host that refused; may be empty
/// @param host that refused, or was to be reached; may be empty
public record ReportedRecipient(
        Optional<String> original, String recipient, Action action, String status, String diagnostic, String host) {
    /// What the letter's recipient may be called in the letter, best first: of these the first that the letter has is meant,
    /// compared without regard to case. When it has none, the report is about one that the letter never had.
    public List<String> names() {
        return Stream.of(original, original.flatMap(ReportedAddress::fromXtext), Optional.of(recipient))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /// The reason, in a small vocabulary.
    public Trouble trouble() {
        return Trouble.of(status, diagnostic);
    }

    /// Whether the address itself doesn't work, and won't: a permanent failure by status 5.1.x or 5.2.1, but for those of 5.1.x
    /// that are about the sender's address (5.1.7, 5.1.8) or about nothing in particular: hosts say 5.1.0 for any reply 550. Nor by a
    /// reply 4xx, whatever a host that gave up made of it.
    public boolean isBadAddress() {
        return action == Action.FAILED
                && !Diagnostic.parse(diagnostic).isTemporary()
                && StatusCode.ofField(status)
                        .filter(StatusCode::isPermanent)
                        .filter(code -> code.is(2, 1) || code.subject() == 1 && !List.of(0, 5, 7, 8, 9).contains(code.detail()))
                        .isPresent();
    }
}
