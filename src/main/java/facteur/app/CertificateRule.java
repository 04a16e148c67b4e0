package facteur.app;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// Which client certificates identify an app. Immutable.
public sealed interface CertificateRule {
    Pattern FINGERPRINT = Pattern.compile("\\p{XDigit}{64}");
    Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

    /// A subject alternative name of that kind (RFC 5280 §4.2.1.6).
    Integer DNS_NAME = 2;

    /// One certificate.
    ///
    /// @param sha256 of its DER form; hexadecimal digits in lower case
    record Fingerprint(String sha256) implements CertificateRule {}

    /// Every certificate with this DNS name, so that it may be renewed. Wildcards have no meaning.
    record DnsName(String name) implements CertificateRule {}

    /// Reads a SHA-256 fingerprint, colons allowed as OpenSSL prints them, or a DNS name.
    ///
    /// @throws IllegalArgumentException when it is neither
    static CertificateRule parse(String text) {
        var digits = text.replace(":", "");
        if (FINGERPRINT.matcher(digits).matches()) {
            return new Fingerprint(digits.toLowerCase(Locale.ROOT));
        }
        if (NAME.matcher(text).matches()) {
            return new DnsName(text);
        }
        throw new IllegalArgumentException("must be a SHA-256 fingerprint of 64 hexadecimal digits, or a DNS name: " + text);
    }

    default boolean fits(X509Certificate certificate) {
        try {
            return switch (this) {
                case Fingerprint(var sha256) -> sha256.equals(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
                case DnsName(var name) -> names(certificate).stream()
                        .anyMatch(each -> each.getFirst().equals(DNS_NAME) && name.equalsIgnoreCase(each.getLast().toString()));
            };
        } catch (GeneralSecurityException unreadable) {
            return false;
        }
    }

    private static Collection<List<?>> names(X509Certificate certificate) throws CertificateParsingException {
        return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
    }
}
