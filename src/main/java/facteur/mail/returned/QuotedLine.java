package facteur.mail.returned;

import java.io.ByteArrayOutputStream;

/// One line of quoted-printable (RFC 2045 §6.7), as lenient as mail programs read it: an equals sign without its digits stands
/// for itself.
final class QuotedLine {
    private QuotedLine() {}

    static byte[] decoded(byte[] octets, int length) {
        var decoded = new ByteArrayOutputStream(length);
        for (var i = 0; i < length; i++) {
            var code = octets[i] == '=' ? code(octets, i, length) : -1;
            decoded.write(code < 0 ? octets[i] : code);
            i += code < 0 ? 0 : 2;
        }
        return decoded.toByteArray();
    }

    /// The octets as they are, unless they are US-ASCII and hold the code of an octet that isn't.
    static byte[] decodedIfWide(byte[] octets) {
        var isWide = false;
        for (var i = 0; i < octets.length; i++) {
            if (octets[i] < 0) {
                return octets;
            }
            isWide = isWide || octets[i] == '=' && code(octets, i, octets.length) > 127;
        }
        return isWide ? decoded(octets, octets.length) : octets;
    }

    /// @return -1 when no two digits follow
    private static int code(byte[] octets, int at, int length) {
        var high = at + 2 < length ? Character.digit(octets[at + 1], 16) : -1;
        var low = high < 0 ? -1 : Character.digit(octets[at + 2], 16);
        return low < 0 ? -1 : 16 * high + low;
    }
}
