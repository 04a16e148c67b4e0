package facteur.platform.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A key's certificate and those that vouch for it, in the order of the handshake (RFC 8446 §4.4.2); in the file they
/// may have any order.
final class Chain {
    private static final byte[] PROBE = "facteur".getBytes(StandardCharsets.US_ASCII);

    private Chain() {}

    /// @return empty when none of the certificates is the key's
    static List<X509Certificate> of(PrivateKey key, List<X509Certificate> certificates) {
        var rest = new ArrayList<>(certificates);
        var chain = new ArrayList<X509Certificate>();
        var next = rest.stream().filter(certificate -> isPair(key, certificate.getPublicKey())).findFirst();
        while (next.isPresent()) {
            chain.add(next.get());
            rest.remove(next.get());
            next = issuer(next.get(), rest);
        }
        return chain;
    }

    private static Optional<X509Certificate> issuer(X509Certificate certificate, List<X509Certificate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(candidate -> isSignedBy(certificate, candidate.getPublicKey()))
                .findFirst();
    }

    private static boolean isSignedBy(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (GeneralSecurityException notByThisOne) {
            return false;
        }
    }

    /// What one has signed the other can verify: works for keys of every kind.
    private static boolean isPair(PrivateKey key, PublicKey publicKey) {
        try {
            var signature = Signature.getInstance(switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            });
            signature.initSign(key);
            signature.update(PROBE);
            var signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }
}
