package facteur.upstream;

/// Whom a temporary failure is about, and so who has to wait.
public enum FailureScope {
    /// One recipient.
    RECIPIENT,
    /// The letter: its reverse-path, size or content.
    LETTER,
    /// The connection, or its other end. The next letter would fare no better.
    UPSTREAM;

    /// The one place that tells.
    ///
    /// A connection that is lost while the message is sent, or after, counts as the letter's: perhaps something in it
    /// makes the upstream hang up. The upstream's own it would be again and again for one letter, and all the others would
    /// wait for it.
    static FailureScope of(Stage stage, FailureCause cause) {
        return switch (stage) {
            case CONNECT, GREETING, EHLO, TLS, AUTH -> UPSTREAM;
            case MAIL -> isAboutUs(stage, cause) || isTrouble(cause) ? UPSTREAM : LETTER;
            case RCPT -> isAboutUs(stage, cause) || isTrouble(cause) ? UPSTREAM : RECIPIENT;
            case DATA, END_OF_DATA -> isAboutUs(stage, cause) ? UPSTREAM : LETTER;
        };
    }

    private static boolean isAboutUs(Stage stage, FailureCause cause) {
        return switch (cause) {
            case FailureCause.Answer(var reply) -> RelayRefusals.isSaidBy(stage, reply);
            case FailureCause.Trouble ignored -> false;
            case FailureCause.Shortage ignored -> false;
        };
    }

    private static boolean isTrouble(FailureCause cause) {
        return switch (cause) {
            case FailureCause.Answer ignored -> false;
            case FailureCause.Trouble ignored -> true;
            case FailureCause.Shortage ignored -> false;
        };
    }
}
