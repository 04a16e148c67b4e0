package facteur.mail.message;

/// What came of asking which mailbox a field means.
public sealed interface LenientMailbox {
    /// All mail programs that make anything of the field say this one.
    record Clear(Mailbox mailbox) implements LenientMailbox {}

    /// There is none, or there are several, or programs differ.
    ///
    /// @param why what stands there, such as `several addresses`
    record Unclear(String why) implements LenientMailbox {}
}
