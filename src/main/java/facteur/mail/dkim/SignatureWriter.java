package facteur.mail.dkim;

import facteur.mail.message.HeaderField;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Writes fields that sign something, in the relaxed form.
public final class SignatureWriter {
    private static final int LINE_CHARACTERS = 72;
    private static final Base64.Encoder FOLDED = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\r', '\n', '\t'});

    private SignatureWriter() {}

    /// @param signed what it covers besides itself
    /// @param unsigned its value up to and with `b=`
    public static HeaderField sign(DkimKey key, byte[] signed, String name, String unsigned) {
        var itself = RelaxedHeader.of(HeaderField.of(name, unsigned));
        // Hashed behind the others, without its CRLF (RFC 6376 §3.7).
        var octets = Arrays.copyOf(signed, signed.length + itself.length - 2);
        System.arraycopy(itself, 0, octets, signed.length, itself.length - 2);
        return HeaderField.of(name, unsigned + FOLDED.encodeToString(sign(key, octets)));
    }

    private static byte[] sign(DkimKey key, byte[] octets) {
        try {
            return key.sign(octets);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(key + " can't sign, though it could be read", impossible);
        }
    }

    /// The tag `h=`, folded. RFC 6376 §3.5: blanks may stand around each colon.
    public static String names(List<String> names) {
        var text = new StringBuilder("h=");
        var lineStart = 0;
        for (var i = 0; i < names.size(); i++) {
            if (text.length() - lineStart + names.get(i).length() > LINE_CHARACTERS) {
                text.append("\r\n\t");
                lineStart = text.length();
            }
            text.append(names.get(i)).append(i < names.size() - 1 ? ":" : "");
        }
        return text.toString();
    }
}
