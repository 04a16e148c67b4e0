package facteur.mail.dkim;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/// The ways to sign (RFC 8301 §3.1, RFC 8463 §3); sha1 is none. Both hash with SHA-256. In the order of their signatures.
public enum DkimAlgorithm {
    RSA("rsa", "SHA256withRSA") {
        @Override
        KeyPair generate() throws GeneralSecurityException {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4));
            return generator.generateKeyPair();
        }

        @Override
        PublicKey publicKey(PrivateKey key) throws GeneralSecurityException {
            if (key instanceof RSAPrivateCrtKey rsa && isSignable(rsa.getModulus().bitLength())) {
                return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
            throw new GeneralSecurityException(RSA_SIZES);
        }

        // SubjectPublicKeyInfo (RFC 5280 §4.1), which is what RFC 6376 §3.6.1 shows, though it says RSAPublicKey.
        @Override
        byte[] published(PublicKey key) {
            return key.getEncoded();
        }

        // Some publish what the RFC says.
        @Override
        PublicKey read(byte[] published) throws GeneralSecurityException {
            var factory = KeyFactory.getInstance("RSA");
            PublicKey key;
            try {
                key = factory.generatePublic(new X509EncodedKeySpec(published));
            } catch (InvalidKeySpecException bare) {
                key = factory.generatePublic(new X509EncodedKeySpec(SubjectPublicKeyInfo.ofRsa(published)));
            }
            if (!(key instanceof RSAPublicKey rsa) || !isSignable(rsa.getModulus().bitLength())) {
                throw new GeneralSecurityException(RSA_SIZES);
            }
            // Java takes any with up to 3,072 bits, and verifying takes the longer: sixty such signatures in a letter would cost seconds.
            if (rsa.getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
                throw new GeneralSecurityException("a public exponent of more than 64 bits");
            }
            return key;
        }

        @Override
        byte[] message(byte[] octets) {
            return octets;
        }
    },

    ED25519("ed25519", "Ed25519") {
        @Override
        KeyPair generate() throws GeneralSecurityException {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }

        @Override
        PublicKey publicKey(PrivateKey key) throws GeneralSecurityException {
            if (!(key instanceof EdECPrivateKey edwards) || !edwards.getParams().getName().equals("Ed25519")) {
                throw new GeneralSecurityException("not an Ed25519 key");
            }
            var seed = edwards.getBytes().orElseThrow(() -> new GeneralSecurityException("a key without its octets"));
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Seeded(seed));
            var pair = generator.generateKeyPair();
            if (!Arrays.equals(pair.getPrivate().getEncoded(), key.getEncoded())) {
                throw new GeneralSecurityException("the public key can't be told");
            }
            return pair.getPublic();
        }

        // The octets of the point alone (RFC 8463 §4): the end of SubjectPublicKeyInfo (RFC 8410 §4).
        @Override
        byte[] published(PublicKey key) {
            var encoded = key.getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
        }

        @Override
        PublicKey read(byte[] published) throws GeneralSecurityException {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(SubjectPublicKeyInfo.ofEd25519(published)));
        }

        // PureEdDSA over the hash (RFC 8463 §3).
        @Override
        byte[] message(byte[] octets) throws GeneralSecurityException {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        }
    };

    private static final int RSA_BITS = 2048;
    private static final String RSA_SIZES = "RSA keys have 1,024 to 4,096 bits";
    private static final int MOST_EXPONENT_BITS = 64;
    private static final int ED25519_BYTES = 32;

    private final String keyType;
    private final String javaName;

    DkimAlgorithm(String keyType, String javaName) {
        this.keyType = keyType;
        this.javaName = javaName;
    }

    /// As in `k=` of a DNS record (RFC 6376 §3.6.1), and in names of files.
    public String keyType() {
        return keyType;
    }

    /// As in `a=` of a signature (RFC 6376 §3.5).
    @Override
    public String toString() {
        return keyType + "-sha256";
    }

    /// A new key. RSA takes a good part of a second.
    abstract KeyPair generate() throws GeneralSecurityException;

    /// What verifies that key's signatures.
    ///
    /// @throws GeneralSecurityException when it is of another kind, or too weak (RFC 8301 §3.2)
    abstract PublicKey publicKey(PrivateKey key) throws GeneralSecurityException;

    /// What `p=` has in base64.
    abstract byte[] published(PublicKey key);

    /// The key that a record has.
    ///
    /// @param published as by [#published]
    /// @throws GeneralSecurityException when it is none, too weak (RFC 8301 §3.2), or too slow to verify with
    abstract PublicKey read(byte[] published) throws GeneralSecurityException;

    /// What the signature algorithm itself is given.
    ///
    /// @param octets what DKIM hashes: fields, and the signature's own without `b=`
    abstract byte[] message(byte[] octets) throws GeneralSecurityException;

    /// @param message as by [#message]
    final byte[] sign(PrivateKey key, byte[] message) throws GeneralSecurityException {
        var signature = Signature.getInstance(javaName);
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    /// Whether a signature is that of the octets.
    final boolean isSigned(PublicKey key, byte[] octets, byte[] signature) throws GeneralSecurityException {
        var check = Signature.getInstance(javaName);
        check.initVerify(key);
        check.update(message(octets));
        return check.verify(signature);
    }

    /// @param name as in `a=`
    static Optional<DkimAlgorithm> named(String name) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.toString().equals(name)).findFirst();
    }

    /// @return empty for kinds that DKIM doesn't know
    static Optional<DkimAlgorithm> of(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> Optional.of(RSA);
            case "EdDSA" -> Optional.of(ED25519);
            default -> Optional.empty();
        };
    }

    private static boolean isSignable(int bits) {
        return bits >= 1024 && bits <= 4096;
    }

    /// Gives one number only: Java has no other way from a private Ed25519 key to its public one than to generate the
    /// pair again. Who uses it looks whether the pair is the same.
    private static final class Seeded extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seeded(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }
}
