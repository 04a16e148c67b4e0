package facteur.access;

import java.util.Optional;
import java.util.regex.Pattern;

/// A path of ours to go on to after signing in, with its query. Where a browser would read another host out of it, it is none.
/// Immutable.
public record OwnPath(String text) {
    /// Visible US-ASCII, without the backslash that browsers take for a slash; no second slash at the beginning.
    private static final Pattern FORM = Pattern.compile("/(?![/\\\\])[!-\\[\\]-~]{0,1999}");

    public static final OwnPath HOME = new OwnPath("/");

    /// @throws IllegalArgumentException when the text isn't of that form
    public OwnPath {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a path of ours");
        }
    }

    public static Optional<OwnPath> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new OwnPath(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
