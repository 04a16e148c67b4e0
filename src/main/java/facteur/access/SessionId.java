package facteur.access;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names a session in the database and on pages: the SHA-256 of its cookie, which can't be made of it again.
public record SessionId(String text) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /// @throws IllegalArgumentException when the text isn't of that form
    public SessionId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not the id of a session");
        }
    }

    public static Optional<SessionId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new SessionId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
