package facteur.office;

/// Who is told that a letter came back.
public enum BounceReaders {
    /// Those whom the letter's Reply-To named.
    REPLY_TO,
    COMPANY,
    NONE
}
