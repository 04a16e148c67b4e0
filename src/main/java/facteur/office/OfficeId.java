package facteur.office;

import java.util.Optional;
import java.util.regex.Pattern;

/// Names an office: up to 64 lower-case letters, digits, dots, dashes and underscores, a letter or digit first.
public record OfficeId(String text) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /// @throws IllegalArgumentException when the text isn't of that form
    public OfficeId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("an office id is made of a-z 0-9 . _ -");
        }
    }

    public static Optional<OfficeId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new OfficeId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
