package facteur.mail.returnpath;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that return addresses are made with. Immutable; safe to share between threads.
public final class ReturnKey {
    /// Numbers stand in two characters of an address.
    public static final int NUMBERS = 1024;

    private static final String HMAC = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final int number;
    private final Instant madeAt;
    private final SecretKeySpec secret;

    /// @param number 0 to 1023
    /// @param secret 64 hexadecimal digits
    /// @throws IllegalArgumentException when the number or the secret isn't one
    public ReturnKey(int number, String secret, Instant madeAt) {
        if (number < 0 || number >= NUMBERS || secret.length() != 2 * SECRET_BYTES) {
            throw new IllegalArgumentException("not a key of return addresses: number " + number);
        }
        this.number = number;
        this.madeAt = madeAt;
        this.secret = new SecretKeySpec(HexFormat.of().parseHex(secret), HMAC);
    }

    /// Makes a secret.
    ///
    /// @param random that can't be predicted
    /// @return 64 hexadecimal digits
    public static String newSecret(RandomGenerator random) {
        var octets = new byte[SECRET_BYTES];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    public int number() {
        return number;
    }

    public Instant madeAt() {
        return madeAt;
    }

    byte[] hash(byte[] message) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
