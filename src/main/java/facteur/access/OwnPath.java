package facteur.access;

import java.util.Optional;
import java.util.regex.Pattern;

/// A path of ours to go on to after signing in, with its query. Where a browser would read another host out of it, it is none.
/// Immutable.
public record OwnPath(String text) {
    private static final int LONGEST = 2000;

    /// What a path and a query are written with (RFC 3986 §3.3, §3.4).
    private static final Pattern FORM = Pattern.compile("/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@/%-]*(?:\\?[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?");

    public static final OwnPath HOME = new OwnPath("/");

    /// @throws IllegalArgumentException when the text isn't of that form
    public OwnPath {
        if (!isOne(text)) {
            throw new IllegalArgumentException("not a path of ours");
        }
    }

    public static Optional<OwnPath> parse(String text) {
        return isOne(text) ? Optional.of(new OwnPath(text)) : Optional.empty();
    }

    private static boolean isOne(String text) {
        return text.length() <= LONGEST && isWritten(text);
    }

    /// Whether it is written as one, however long: what we make of what was asked has the bounds of the question.
    public static boolean isWritten(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
