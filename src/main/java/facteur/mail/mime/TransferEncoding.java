package facteur.mail.mime;

import java.util.Locale;
import java.util.Optional;

/// What a part says of its octets (RFC 2045 §6).
public enum TransferEncoding {
    /// Nothing, `7bit`, or a word that no reader knows, such as `utf-8` or `8-bit`: they show the octets as they are.
    NONE,
    /// `8bit` or `binary`.
    WIDE,
    QUOTED_PRINTABLE,
    BASE64,
    /// Encoded in a way of its own, such as `x-uuencode`.
    PRIVATE;

    public static TransferEncoding of(Optional<String> label) {
        return switch (label.orElse("").toLowerCase(Locale.ROOT)) {
            case "8bit", "binary" -> WIDE;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            case "base64" -> BASE64;
            case String word when word.startsWith("x-") || word.startsWith("uu") || word.startsWith("mac-") -> PRIVATE;
            case String ignored -> NONE;
        };
    }

    /// Whether the octets are the content itself.
    public boolean isIdentity() {
        return switch (this) {
            case NONE, WIDE -> true;
            case QUOTED_PRINTABLE, BASE64, PRIVATE -> false;
        };
    }
}
