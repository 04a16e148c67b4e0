package facteur.mail.letter;

import java.util.Optional;

/// Names one letter in the spool, in logs and in the reply to the app: sixteen characters of Crockford's base 32, lower
/// case, older letters sorting first. Made by [QueueIds].
public record QueueId(String text) {
    private static final int LENGTH = 16;

    /// @throws IllegalArgumentException when the text isn't of that form
    public QueueId {
        if (!isId(text)) {
            throw new IllegalArgumentException("not a queue id");
        }
    }

    /// Empty when the text isn't of that form.
    public static Optional<QueueId> parse(String text) {
        return isId(text) ? Optional.of(new QueueId(text)) : Optional.empty();
    }

    private static boolean isId(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (var i = 0; i < LENGTH; i++) {
            if (QueueIds.ALPHABET.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
