package facteur.access;

/// What comes of the wish for a password.
public sealed interface PasswordResult {
    /// It counts from now on.
    record Set(String login) implements PasswordResult {}

    /// It isn't good enough; nothing has changed, and a link is still good.
    record Unfit(PasswordFlaw flaw) implements PasswordResult {}

    /// The link was used, is too old, or was never one; or the person is disabled.
    record NoTicket() implements PasswordResult {}

    /// Too many others are being judged; a link is still good.
    record Busy() implements PasswordResult {}
}
