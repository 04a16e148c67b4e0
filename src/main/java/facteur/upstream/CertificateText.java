package facteur.upstream;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A certificate for an operator. It is foreign text: control characters are shown as blanks.
public final class CertificateText {
    private CertificateText() {}

    public static String subject(X509Certificate certificate) {
        return clean(certificate.getSubjectX500Principal().getName());
    }

    public static String issuer(X509Certificate certificate) {
        return clean(certificate.getIssuerX500Principal().getName());
    }

    /// DNS names and addresses among its subject alternative names (RFC 5280 §4.2.1.6).
    public static List<String> names(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names.stream().flatMap(CertificateText::name).toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static Stream<String> name(Collection<?> kindAndName) {
        var parts = List.copyOf(kindAndName);
        var isDnsOrAddress = parts.getFirst().equals(2) || parts.getFirst().equals(7);
        return isDnsOrAddress ? Stream.of(clean(String.valueOf(parts.get(1)))) : Stream.empty();
    }

    private static String clean(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
