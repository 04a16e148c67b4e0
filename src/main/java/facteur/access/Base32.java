package facteur.access;

import java.io.ByteArrayOutputStream;

/// RFC 4648 §6, without padding: what authenticators read.
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] octets) {
        var text = new StringBuilder();
        var buffer = 0;
        var bits = 0;
        for (var octet : octets) {
            buffer = buffer << 8 | octet & 0xFF;
            bits += 8;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt(buffer << BITS - bits & 31));
        }
        return text.toString();
    }

    /// @throws IllegalArgumentException for any other character
    static byte[] decode(String text) {
        var octets = new ByteArrayOutputStream();
        var buffer = 0;
        var bits = 0;
        for (var i = 0; i < text.length(); i++) {
            var value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not in base 32");
            }
            buffer = buffer << BITS | value;
            bits += BITS;
            if (bits >= 8) {
                bits -= 8;
                octets.write(buffer >> bits & 0xFF);
                buffer &= (1 << bits) - 1;
            }
        }
        return octets.toByteArray();
    }
}
