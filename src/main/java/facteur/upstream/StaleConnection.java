package facteur.upstream;

import facteur.mail.smtp.EnhancedStatus;
import facteur.mail.smtp.Reply;
import java.util.regex.Pattern;

/// Whether a connection that has served before speaks of itself: that it was idle for too long, has carried as many letters as
/// it may, or has lost its place. What it says then is never held against the next letter, which goes over a fresh connection;
/// what that one says counts. Before the message begins this is always safe.
final class StaleConnection {
    /// RFC 3463 §3.5: X.4.2, bad connection. Amazon SES, Exim and others end what was idle for too long with it.
    private static final EnhancedStatus BAD_CONNECTION = new EnhancedStatus(4, 2);

    private static final Pattern TEXT = Pattern.compile(
            "\\b(?:messages?|mails?|e-?mails?|transactions?|recipients?|commands?|errors?)\\b.*\\b(?:connection|session)\\b"
                    + "|\\bidle\\b|\\btime(?:d )?-?out\\b",
            Pattern.CASE_INSENSITIVE);

    private StaleConnection() {}

    /// @param stage MAIL, RCPT or DATA
    static boolean isSaidBy(Stage stage, Reply reply) {
        return switch (stage) {
            // Few hosts say what they mean: what isn't plainly about the letter may be about the connection.
            case MAIL -> !isPlainlyOfLetter(reply);
            case RCPT, DATA -> reply.code() == 503
                    || reply.code() >= 400
                            && (reply.enhanced().filter(BAD_CONNECTION::equals).isPresent()
                                    || TEXT.matcher(reply.text()).find());
            case CONNECT, GREETING, EHLO, TLS, AUTH, END_OF_DATA -> false;
        };
    }

    /// At MAIL silence counts as well: the other side may be gone without a word.
    static boolean isShownBy(Stage stage, LostConnection lost) {
        return switch (lost.manner()) {
            case CUT -> true;
            case SILENT -> stage == Stage.MAIL;
            case GARBLED -> false;
        };
    }

    /// RFC 3463: X.1.x is the sender's address, X.6.x what the letter needs, X.3.4 its size. A quota is known by its words.
    private static boolean isPlainlyOfLetter(Reply reply) {
        return Quota.isNamedBy(reply)
                || reply.enhanced()
                        .filter(status -> status.subject() == 1 || status.subject() == 6 || status.equals(new EnhancedStatus(3, 4)))
                        .isPresent();
    }
}
