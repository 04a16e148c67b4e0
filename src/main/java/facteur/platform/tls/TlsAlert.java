package facteur.platform.tls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why a peer ends a handshake (RFC 8446 §6), and what that means where an app ends it.
public enum TlsAlert {
    CLOSE_NOTIFY(0, "the app closed the connection"),
    UNEXPECTED_MESSAGE(10, "the app expected another message"),
    BAD_RECORD_MAC(20, "the app can't decrypt what we sent"),
    RECORD_OVERFLOW(22, "a record was too long for the app"),
    HANDSHAKE_FAILURE(40, "nothing in common with the app: cipher suites, or kinds of keys"),
    BAD_CERTIFICATE(42, "the app doesn't trust the certificate"),
    UNSUPPORTED_CERTIFICATE(43, "the app can't use a certificate of that kind"),
    CERTIFICATE_REVOKED(44, "to the app the certificate is revoked"),
    CERTIFICATE_EXPIRED(45, "to the app the certificate has expired, or its clock is wrong"),
    CERTIFICATE_UNKNOWN(46, "the app doesn't trust the certificate"),
    ILLEGAL_PARAMETER(47, "the app takes something in the handshake for wrong"),
    UNKNOWN_CA(48, "the app doesn't trust the certificate"),
    ACCESS_DENIED(49, "the app goes no further"),
    DECODE_ERROR(50, "the app can't read the handshake"),
    DECRYPT_ERROR(51, "a signature is wrong to the app"),
    PROTOCOL_VERSION(70, "no version of TLS in common with the app"),
    INSUFFICIENT_SECURITY(71, "to the app the cipher suites are too weak"),
    INTERNAL_ERROR(80, "a fault of the app's own"),
    INAPPROPRIATE_FALLBACK(86, "the app has tried a newer version of TLS before"),
    USER_CANCELED(90, "the app broke it off"),
    MISSING_EXTENSION(109, "the app misses an extension"),
    UNSUPPORTED_EXTENSION(110, "the app doesn't know an extension"),
    UNRECOGNIZED_NAME(112, "no certificate for the name that the app asked for"),
    BAD_CERTIFICATE_STATUS_RESPONSE(113, "the app wants another proof that the certificate isn't revoked"),
    UNKNOWN_PSK_IDENTITY(115, "no such key in common with the app"),
    CERTIFICATE_REQUIRED(116, "a certificate is missing"),
    NO_APPLICATION_PROTOCOL(120, "no application protocol in common with the app");

    /// The type of a record that holds one.
    private static final byte RECORD = 21;

    private static final int RECORD_HEADER_BYTES = 5;
    private static final int ALERT_BYTES = 2;

    private final int code;
    private final String meaning;

    TlsAlert(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /// @param name as RFC 8446 has it, such as `unknown_ca`
    public static Optional<TlsAlert> of(String name) {
        return Arrays.stream(values()).filter(alert -> alert.text().equals(name)).findFirst();
    }

    /// Reads the first alert in clear among whole records (RFC 8446 §5.1): one that isn't encrypted has two octets.
    ///
    /// @param octets from the start of a record on
    public static Optional<TlsAlert> in(byte[] octets) {
        for (var at = 0; at + RECORD_HEADER_BYTES <= octets.length;) {
            var length = (octets[at + 3] & 0xFF) << 8 | octets[at + 4] & 0xFF;
            if (octets[at] == RECORD && length == ALERT_BYTES && at + RECORD_HEADER_BYTES + ALERT_BYTES <= octets.length) {
                var code = octets[at + 6] & 0xFF;
                return Arrays.stream(values()).filter(alert -> alert.code == code).findFirst();
            }
            at += RECORD_HEADER_BYTES + length;
        }
        return Optional.empty();
    }

    /// The name in RFC 8446.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The name, and what it means.
    @Override
    public String toString() {
        return text() + " (" + meaning + ")";
    }
}
