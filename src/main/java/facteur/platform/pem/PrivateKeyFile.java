package facteur.platform.pem;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;

/// The one private key in a PEM file: as PKCS#8 (RFC 5958), or as OpenSSL wrote it for long, PKCS#1 (RFC 8017 §A.1.2)
/// or SEC1 (RFC 5915). Java reads PKCS#8 only; the other two are the inner part of it.
public final class PrivateKeyFile {
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    /// 1.2.840.113549.1.1.1, rsaEncryption, and NULL (RFC 8017 §A.1).
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    /// 1.2.840.10045.2.1, id-ecPublicKey (RFC 5480 §2.1.1).
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final int EC_PARAMETERS = 0xA0;

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PrivateKeyFile() {}

    public static PrivateKey read(Path path) throws PemException {
        var file = PemFile.read(path);
        var keys = file.blocks().stream().filter(PemBlock::isPrivateKey).toList();
        if (keys.size() != 1) {
            throw new PemException(path, keys.isEmpty() ? "holds no private key" : "holds more than one private key");
        }
        var block = keys.getFirst();
        if (block.isEncrypted()) {
            throw new PemException(path, "is encrypted; 'openssl pkey -in KEY -out PLAIN-KEY' takes the passphrase away");
        }
        return key(path, pkcs8(file, block));
    }

    private static byte[] pkcs8(PemFile file, PemBlock block) throws PemException {
        var octets = file.octets(block);
        return switch (block.label()) {
            case "PRIVATE KEY" -> octets;
            case "RSA PRIVATE KEY" -> wrapped(Der.element(Der.SEQUENCE, RSA), octets);
            case "EC PRIVATE KEY" -> wrapped(Der.element(Der.SEQUENCE, EC, curve(file.path(), octets)), octets);
            default -> throw new PemException(file.path(), "holds a key of a kind that isn't supported: " + block.label());
        };
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return Der.element(Der.SEQUENCE, VERSION_0, algorithm, Der.element(Der.OCTET_STRING, key));
    }

    private static byte[] curve(Path path, byte[] sec1) throws PemException {
        try {
            return Der.find(EC_PARAMETERS, sec1).orElseThrow(() -> new PemException(path, "doesn't name the curve of its key"));
        } catch (IllegalArgumentException notDer) {
            throw new PemException(path, "holds a key that can't be read");
        }
    }

    private static PrivateKey key(Path path, byte[] pkcs8) throws PemException {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException another) {
                // It says so for a key of another algorithm, too.
            }
        }
        throw new PemException(path, "holds a key that can't be read: RSA, EC on P-256, P-384 or P-521, and Ed25519 are supported");
    }
}
