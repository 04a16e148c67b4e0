package facteur.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// A token as its holder presents it: `fct_`, its id, `_`, and 256 random bits as base64url. So much can't be guessed, and needs no slow
/// hash: its SHA-256 is all that is stored. Prints without the secret part. Immutable.
public final class TokenText {
    private static final String PREFIX = "fct_";
    private static final int SECRET_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(PREFIX + "(" + TokenId.FORM + ")_([A-Za-z0-9_-]{43})");

    private final TokenId id;
    private final String text;

    private TokenText(TokenId id, String text) {
        this.id = id;
        this.text = text;
    }

    /// Empty when the text isn't of that form.
    public static Optional<TokenText> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(new TokenText(new TokenId(form.group(1)), text)) : Optional.empty();
    }

    /// @param random that can't be predicted
    static TokenText random(RandomGenerator random) {
        var id = TokenId.random(random);
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new TokenText(id, PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    public TokenId id() {
        return id;
    }

    /// All of it, for its holder.
    public String reveal() {
        return text;
    }

    byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + id + "_***";
    }
}
