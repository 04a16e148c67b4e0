package facteur.mail.message;

/// What came of decoding a field's value exactly.
public sealed interface Decoded {
    /// @param text unfolded, decoded, trimmed
    record Text(String text) implements Decoded {}

    /// What the app meant can't be said for sure: never half of it, never with replacement characters.
    ///
    /// @param why what stands there, such as `encoded words in an unknown charset, klingon`
    record Undecodable(String why) implements Decoded {}
}
