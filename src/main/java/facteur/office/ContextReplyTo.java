package facteur.office;

import facteur.mail.message.Mailbox;
import java.util.Optional;

/// Where replies go in one context: some choices of the general level, or one of these.
public sealed interface ContextReplyTo permits ReplyTo.ToSender, ReplyTo.ToRole, ContextReplyTo.AsGeneral, ContextReplyTo.ToCompanyOr {
    /// The context leaves it to the general level.
    record AsGeneral() implements ContextReplyTo {}

    /// Written `general`: the free address of the context if it has one, otherwise the company.
    record ToCompanyOr(Optional<Mailbox> address) implements ContextReplyTo {}
}
