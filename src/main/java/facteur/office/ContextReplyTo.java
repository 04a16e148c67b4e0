package facteur.office;

import facteur.mail.message.Mailbox;
import java.util.Optional;

/// Whom a reply goes to in one context: what the general level may say too, or one of these.
public sealed interface ContextReplyTo permits ReplyTo.ToSender, ReplyTo.ToRole, ContextReplyTo.AsGeneral, ContextReplyTo.ToCompanyOr {
    /// The context leaves it to the general level.
    record AsGeneral() implements ContextReplyTo {}

    /// Written `general`: the free address of the context if it has one, otherwise the own company.
    record ToCompanyOr(Optional<Mailbox> address) implements ContextReplyTo {}
}
