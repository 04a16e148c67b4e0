package facteur.access;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names a token in the history of settings, in lists and in logs, and finds its row: ten characters of Crockford's base 32,
/// lower case. It is no secret.
public record TokenId(String text) {
    static final String FORM = "[0-9a-hjkmnp-tv-z]{10}";

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 10;
    private static final Pattern PATTERN = Pattern.compile(FORM);

    /// @throws IllegalArgumentException when the text isn't of that form
    public TokenId {
        if (!PATTERN.matcher(text).matches()) {
            throw new IllegalArgumentException("not a token id");
        }
    }

    public static Optional<TokenId> parse(String text) {
        return PATTERN.matcher(text).matches() ? Optional.of(new TokenId(text)) : Optional.empty();
    }

    static TokenId random(RandomGenerator random) {
        var text = new StringBuilder();
        for (var i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new TokenId(text.toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
