package facteur.spool;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names one letter in the spool, in logs and in the reply to the app: sixteen characters of Crockford's base 32, lower
/// case, older letters sorting first. Made by [QueueIds].
public record QueueId(String text) {
    private static final Pattern FORM = Pattern.compile("[0-9a-hjkmnp-tv-z]{16}");

    /// @throws IllegalArgumentException when the text isn't of that form
    public QueueId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a queue id");
        }
    }

    /// Empty when the text isn't of that form.
    public static Optional<QueueId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new QueueId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
