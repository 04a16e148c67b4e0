package facteur.office;

/// Where replies go, at the general level of an office.
public sealed interface ReplyTo {
    /// The office's general address.
    record ToCompany() implements ReplyTo {}

    /// The employee who sent the letter.
    record ToSender() implements ReplyTo, ContextReplyTo {}

    /// The people in the role on the client's card.
    record ToRole(Role role) implements ReplyTo, ContextReplyTo {}
}
