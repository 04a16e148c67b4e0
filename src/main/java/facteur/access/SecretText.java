package facteur.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What cookies and links are made of: 256 random bits as base64url. So much can't be guessed, and needs no slow hash: its SHA-256 is
/// all that is stored.
final class SecretText {
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private SecretText() {}

    /// @param random that can't be predicted
    static String random(RandomGenerator random) {
        var octets = new byte[BYTES];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /// SHA-256, in hexadecimal digits.
    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
