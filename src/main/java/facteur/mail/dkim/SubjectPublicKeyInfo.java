package facteur.mail.dkim;

import java.util.Arrays;
import java.util.HexFormat;

/// The form in which Java reads public keys (RFC 5280 §4.1), around keys that are published without it.
final class SubjectPublicKeyInfo {
    /// RFC 8410 §4, up to the point.
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    /// RFC 3279 §2.3.1.
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte SEQUENCE = 0x30;
    private static final byte BIT_STRING = 0x03;
    /// Longer than any key in use.
    private static final int MOST_BYTES = 4096;

    private SubjectPublicKeyInfo() {}

    /// @param point of RFC 8032; Java judges it
    static byte[] ofEd25519(byte[] point) {
        return joined(ED25519, point);
    }

    /// @param key RSAPublicKey of RFC 8017; Java judges it
    static byte[] ofRsa(byte[] key) {
        if (key.length > MOST_BYTES) {
            return key;
        }
        return element(SEQUENCE, joined(RSA, element(BIT_STRING, joined(new byte[1], key))));
    }

    /// With its length in two octets, which is more than DER wants for short ones; Java takes BER.
    private static byte[] element(byte tag, byte[] content) {
        var head = new byte[] {tag, (byte) 0x82, (byte) (content.length >> Byte.SIZE), (byte) content.length};
        return joined(head, content);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
