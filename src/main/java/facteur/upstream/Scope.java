package facteur.upstream;

/// Whom a temporary failure is about, and so who has to wait.
public enum Scope {
    /// One recipient.
    RECIPIENT,
    /// The letter: its reverse-path, size or content.
    LETTER,
    /// The connection, or whoever is at its other end. The next letter would fare no better.
    UPSTREAM;

    /// The one place that tells.
    ///
    /// A connection that is lost while the message is under way, or after, counts as the letter's: perhaps something in it
    /// makes the upstream hang up. The upstream's own it would be again and again for one letter, and all the others would
    /// wait for it.
    static Scope of(Stage stage, Cause cause) {
        return switch (stage) {
            case CONNECT, GREETING, EHLO, TLS, AUTH -> UPSTREAM;
            case MAIL -> isAboutUs(stage, cause) || isTrouble(cause) ? UPSTREAM : LETTER;
            case RCPT -> isAboutUs(stage, cause) || isTrouble(cause) ? UPSTREAM : RECIPIENT;
            case DATA, END_OF_DATA -> isAboutUs(stage, cause) ? UPSTREAM : LETTER;
        };
    }

    private static boolean isAboutUs(Stage stage, Cause cause) {
        return switch (cause) {
            case Cause.Answer(var reply) -> AboutRelay.isSaidBy(stage, reply);
            case Cause.Trouble ignored -> false;
            case Cause.Shortage ignored -> false;
        };
    }

    private static boolean isTrouble(Cause cause) {
        return switch (cause) {
            case Cause.Answer ignored -> false;
            case Cause.Trouble ignored -> true;
            case Cause.Shortage ignored -> false;
        };
    }
}
