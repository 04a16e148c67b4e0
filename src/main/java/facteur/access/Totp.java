package facteur.access;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes that change every 30 seconds (RFC 6238): SHA-1 and six digits, since authenticators know little else. Immutable.
public final class Totp {
    /// How long a code is shown.
    public static final Duration STEP = Duration.ofSeconds(30);

    static final int DIGITS = 6;

    /// Steps before and after the present one whose codes are taken: clocks differ, and people type slowly.
    static final int DRIFT = 1;

    private static final String HMAC = "HmacSHA1";

    private Totp() {}

    /// The code of that moment.
    public static String code(TotpSecret secret, Instant at) {
        return code(secret, step(at), DIGITS);
    }

    /// Which step a code belongs to; empty when it is none near that moment. Takes as long for any text.
    static OptionalLong stepOf(TotpSecret secret, String code, Instant at) {
        var given = code.getBytes(StandardCharsets.UTF_8);
        var found = OptionalLong.empty();
        for (var step = step(at) - DRIFT; step <= step(at) + DRIFT; step++) {
            if (MessageDigest.isEqual(code(secret, step, DIGITS).getBytes(StandardCharsets.UTF_8), given)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /// From when on no code of a step is taken.
    static Instant endOf(long step) {
        return Instant.ofEpochSecond((step + DRIFT + 1) * STEP.toSeconds());
    }

    private static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
    }

    /// RFC 4226 §5.3.
    static String code(TotpSecret secret, long step, int digits) {
        var hash = hmac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        var offset = hash[hash.length - 1] & 0xF;
        var number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
        var code = Long.toString(number % Math.powExact(10L, digits));
        return "0".repeat(digits - code.length()) + code;
    }

    private static byte[] hmac(TotpSecret secret, byte[] message) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.octets(), HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    /// What a QR code carries, for authenticators: the key URI format of theirs.
    ///
    /// @param issuer under which an authenticator lists it, such as the host of the console
    public static String uri(TotpSecret secret, String issuer, String login) {
        return "otpauth://totp/" + encoded(issuer) + ":" + encoded(login) + "?secret=" + secret.base32() + "&issuer=" + encoded(issuer)
                + "&algorithm=SHA1&digits=" + DIGITS + "&period=" + STEP.toSeconds();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
