package facteur.mail.mime;

/// One change of a body, by the octets that it is about: `from` until before `to`.
sealed interface Edit {
    long from();

    long to();

    /// @param text in US-ASCII, what stands there instead
    record Replaced(long from, long to, String text) implements Edit {}

    record Encoded(long from, long to, SevenBitEncoding coding) implements Edit {}
}
