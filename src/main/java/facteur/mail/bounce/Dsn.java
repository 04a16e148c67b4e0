package facteur.mail.bounce;

import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Notify;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A report on what became of a letter for some of its recipients (RFC 3464). Immutable.
///
/// @param queueId of the letter reported on
/// @param expiresAt until when the letter is tried
/// @param to the letter's own reverse-path
/// @param original the letter, as it would have left
/// @param request what the app said of reports
/// @param recipients at least one
public record Dsn(
        String queueId,
        Instant arrivedAt,
        Instant expiresAt,
        Address to,
        Message original,
        DsnRequest request,
        List<ReportedRecipient> recipients) {
    /// What became of the letter (RFC 3464 §2.3.3), the gravest first.
    public enum Action {
        /// It is not tried again.
        FAILED("failed", Notify.Occasion.FAILURE),
        /// Not yet, and we go on.
        DELAYED("delayed", Notify.Occasion.DELAY),
        /// It went to a mail server that makes no reports on success.
        RELAYED("relayed", Notify.Occasion.SUCCESS),
        /// A host beyond the upstream says that it has it.
        DELIVERED("delivered", Notify.Occasion.SUCCESS);

        private final String word;
        private final Notify.Occasion occasion;

        Action(String word, Notify.Occasion occasion) {
            this.word = word;
            this.occasion = occasion;
        }

        String word() {
            return word;
        }
    }

    /// @param status `5.1.1` (RFC 3463)
    /// @param diagnostic the words of the upstream, of a host beyond it, or ours; empty when there are none
    /// @param remote the host beyond the upstream that said so; empty when it was none
    public record ReportedRecipient(ForwardPath path, Action action, String status, String diagnostic, Optional<String> remote) {
        /// As the upstream said it, or we do.
        public ReportedRecipient(ForwardPath path, Action action, String status, String diagnostic) {
            this(path, action, status, diagnostic, Optional.empty());
        }

        /// Whether the app asked for it, or didn't ask against it.
        public boolean isWanted() {
            return path.wants(action.occasion);
        }
    }

    /// The gravest of what there is to report.
    public Action gravest() {
        return recipients.stream().map(ReportedRecipient::action).min(Action::compareTo).orElseThrow();
    }

    List<ReportedRecipient> recipients(Action action) {
        return recipients.stream().filter(recipient -> recipient.action() == action).toList();
    }
}
