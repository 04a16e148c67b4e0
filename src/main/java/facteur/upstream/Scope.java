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
            case MAIL -> isAboutUpstream(cause) || isTrouble(cause) ? UPSTREAM : LETTER;
            case RCPT -> isAboutUpstream(cause) || isTrouble(cause) ? UPSTREAM : RECIPIENT;
            case DATA, END_OF_DATA -> isAboutUpstream(cause) ? UPSTREAM : LETTER;
        };
    }

    /// RFC 5321 §3.8: 421 says that the connection ends. RFC 4954 §6: 530 is about our login.
    private static boolean isAboutUpstream(Cause cause) {
        return switch (cause) {
            case Cause.Answer(var reply) -> reply.code() == 421 || reply.code() == 530;
            case Cause.Trouble ignored -> false;
        };
    }

    private static boolean isTrouble(Cause cause) {
        return switch (cause) {
            case Cause.Answer ignored -> false;
            case Cause.Trouble ignored -> true;
        };
    }
}
