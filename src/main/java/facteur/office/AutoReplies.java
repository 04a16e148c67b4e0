package facteur.office;

/// What becomes of automatic answers, such as those of people who are away.
public enum AutoReplies {
    /// They are relayed to those who answer for the letter.
    RELAY,
    LOG
}
