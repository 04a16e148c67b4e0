package facteur.office;

import facteur.mail.message.Mailbox;
import java.util.Optional;

/// The settings of an office for one kind of letter.
///
/// @param from overrides the office's
/// @param ignoredAddress a free address that doesn't count, since the context doesn't answer as general
/// @param replies overrides the office's
public record ContextSettings(
        ContextReplyTo replyTo, Optional<OfficeFrom> from, Optional<Mailbox> ignoredAddress, Optional<Replies> replies) {
    public ContextSettings(ContextReplyTo replyTo, Optional<OfficeFrom> from) {
        this(replyTo, from, Optional.empty(), Optional.empty());
    }
}
