package facteur.login;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// PBKDF2 with HMAC-SHA-512 (RFC 8018 §5.2) over the password's UTF-8, by the JDK.
public final class Pbkdf2 implements KeyDerivation {
    @Override
    public byte[] derive(String password, byte[] salt, int rounds) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, BYTES * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has it", e);
        } finally {
            spec.clearPassword();
        }
    }
}
