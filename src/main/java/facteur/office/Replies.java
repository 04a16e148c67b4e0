package facteur.office;

/// What Reply-To of a letter says.
public enum Replies {
    /// The addresses of those who answer, by the settings at that time.
    DIRECT,
    /// An address of the relay's own: a reply is relayed to those who answer when it arrives.
    LATE
}
