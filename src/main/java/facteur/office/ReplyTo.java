package facteur.office;

/// Whom a reply goes to at the general level of an office.
public sealed interface ReplyTo {
    /// The office's own company.
    record ToCompany() implements ReplyTo {}

    /// The employee who sent the letter.
    record ToSender() implements ReplyTo, ContextReplyTo {}

    /// Whoever has the role on the client's card.
    record ToRole(Role role) implements ReplyTo, ContextReplyTo {}
}
