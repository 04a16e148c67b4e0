package facteur.login;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/// A password as it stands in the configuration: `pbkdf2-sha512$210000$<salt>$<derived>`, rounds in decimal, salt (16
/// octets, 64 at most) and what was derived (64 octets) in base64 (RFC 4648 §4) without padding.
///
/// Passwords are normalised (NFC) first, so that an accent typed on one system is that of another. That is the part of
/// SASLprep (RFC 4013) that matters in practice; its tables of Unicode 3.2 would refuse characters that people use.
///
/// Prints as `***`: what guards a password is no matter for logs either. Immutable.
public final class PasswordHash {
    /// What OWASP recommends for this function, and the least that is accepted.
    static final int ROUNDS = 210_000;

    /// More would let each login take seconds of a core.
    static final int MOST_ROUNDS = 5_000_000;

    private static final int SALT_BYTES = 16;
    private static final String SCHEME = "pbkdf2-sha512";
    private static final Pattern FORM = Pattern.compile(SCHEME + "\\$(\\d{1,18})\\$([A-Za-z0-9+/]{22,86})\\$([A-Za-z0-9+/]{86})");

    private final int rounds;
    private final byte[] salt;
    private final byte[] derived;

    private PasswordHash(int rounds, byte[] salt, byte[] derived) {
        this.rounds = rounds;
        this.salt = salt;
        this.derived = derived;
    }

    /// Reads the text form.
    ///
    /// @throws IllegalArgumentException when it isn't one; the message doesn't repeat it, since it may be a password
    public static PasswordHash parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a hash of a password; `facteur password` makes one");
        }
        var rounds = Long.parseLong(matcher.group(1));
        if (rounds < ROUNDS || rounds > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    "a hash of " + ROUNDS + " to " + MOST_ROUNDS + " rounds is wanted; `facteur password` makes one");
        }
        try {
            var base64 = Base64.getDecoder();
            return new PasswordHash((int) rounds, base64.decode(matcher.group(2)), base64.decode(matcher.group(3)));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("a damaged hash of a password; `facteur password` makes one", notBase64);
        }
    }

    /// Makes the hash of a new password.
    ///
    /// @throws IllegalArgumentException when no password could match it
    public static PasswordHash of(String password, KeyDerivation derivation, SecureRandom random) {
        if (!Credentials.isUsable(password)) {
            throw new IllegalArgumentException("the password is empty, or has a NUL in it");
        }
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(ROUNDS, salt, new PasswordHash(ROUNDS, salt, salt).derive(password, derivation));
    }

    /// What no password has: to be compared with for a login that isn't there, in the same time as a new hash.
    public static PasswordHash ofNobody() {
        return ofNobody(ROUNDS);
    }

    static PasswordHash ofNobody(int rounds) {
        return new PasswordHash(rounds, new byte[SALT_BYTES], new byte[KeyDerivation.BYTES]);
    }

    int rounds() {
        return rounds;
    }

    byte[] derive(String password, KeyDerivation derivation) {
        return derivation.derive(Normalizer.normalize(password, Normalizer.Form.NFC), salt, rounds);
    }

    /// Takes the same time wherever the two differ.
    boolean matches(byte[] candidate) {
        return MessageDigest.isEqual(derived, candidate);
    }

    /// The text form.
    public String text() {
        var base64 = Base64.getEncoder().withoutPadding();
        return SCHEME + "$" + rounds + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(derived);
    }

    /// Whether both are of the same form, salt included: a password that was hashed again is another.
    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordHash that
                && rounds == that.rounds
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(derived, that.derived);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(derived);
    }

    @Override
    public String toString() {
        return "***";
    }
}
