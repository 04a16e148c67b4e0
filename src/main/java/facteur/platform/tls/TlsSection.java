package facteur.platform.tls;

import facteur.platform.config.Section;
import facteur.platform.pem.PemException;
import facteur.platform.pem.PrivateKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Reads `certificate`, `key` and `client-ca`, and the files that they name: every problem of theirs is one of the
/// configuration.
public final class TlsSection {
    private TlsSection() {}

    /// For the listening side, from a section of its own.
    ///
    /// @param time to say so when a certificate has expired; it is used all the same
    /// @return empty when the section is, or has a problem
    public static Optional<KeyMaterial> read(Section tls, InstantSource time) {
        return read(tls, tls.path("client-ca"), time);
    }

    /// For the connecting side, from a section with other keys beside `certificate` and `key`.
    ///
    /// @return empty when there is neither, or a problem with one
    public static Optional<KeyMaterial> readClient(Section section, InstantSource time) {
        return read(section, Optional.empty(), time);
    }

    private static Optional<KeyMaterial> read(Section tls, Optional<Path> clientCa, InstantSource time) {
        var certificate = tls.path("certificate");
        var key = tls.path("key");
        if (certificate.isEmpty() && key.isEmpty() && clientCa.isEmpty()) {
            return Optional.empty();
        }
        var certificates = file(tls, "certificate", certificate, CertificateFile::read);
        var privateKey = file(tls, "key", key, PrivateKeyFile::read);
        var authorities = clientCa.isEmpty()
                ? Optional.of(List.<X509Certificate>of())
                : file(tls, "client-ca", clientCa, CertificateFile::read);
        if (certificates.isEmpty() || privateKey.isEmpty() || authorities.isEmpty()) {
            return Optional.empty();
        }
        var material = material(tls, certificate.orElseThrow(), certificates.get(), privateKey.get(), authorities.get());
        material.ifPresent(found -> warn(tls, found, certificates.get().size(), time));
        return material;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(Path file) throws PemException;
    }

    private static <T> Optional<T> file(Section tls, String key, Optional<Path> path, Reader<T> reader) {
        if (path.isEmpty()) {
            tls.problem(key, "is missing");
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(path.get()));
        } catch (PemException unusable) {
            tls.problem(key, String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<KeyMaterial> material(
            Section tls,
            Path file,
            List<X509Certificate> certificates,
            PrivateKey key,
            List<X509Certificate> clientAuthorities) {
        var chain = Chain.of(key, certificates);
        if (chain.isEmpty()) {
            tls.problem("key", "is not the key of a certificate in " + file);
            return Optional.empty();
        }
        try {
            return Optional.of(new KeyMaterial(file, chain, key, clientAuthorities));
        } catch (GeneralSecurityException | IOException unusable) {
            tls.problem("certificate", file + " can't be used: " + unusable.getMessage());
            return Optional.empty();
        }
    }

    private static void warn(Section tls, KeyMaterial material, int certificates, InstantSource time) {
        var now = time.instant();
        if (material.expiresAt().isBefore(now)) {
            tls.warning("certificate", material.file() + " has expired at " + material.expiresAt());
        }
        if (material.beginsAt().isAfter(now)) {
            tls.warning("certificate", material.file() + " is not valid before " + material.beginsAt());
        }
        var others = certificates - material.chain().size();
        if (others > 0) {
            tls.warning("certificate", material.file() + " holds " + others + " more that don't vouch for it");
        }
    }
}
