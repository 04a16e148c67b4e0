package facteur.mail.dkim;

/// What DNS says about a key.
public sealed interface PublishedKey {
    /// @param text of its record
    record Found(String text) implements PublishedKey {}

    /// There is none.
    record Missing() implements PublishedKey {}

    /// It wasn't asked for: the letter names too many.
    record TooMany() implements PublishedKey {}

    /// What is there isn't known.
    record Unknown(String why) implements PublishedKey {}
}
