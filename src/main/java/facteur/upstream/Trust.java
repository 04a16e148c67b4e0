package facteur.upstream;

import facteur.tls.KeyMaterial;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whose certificates an upstream may show. Immutable; safe to share between threads.
public final class Trust {
    /// `null` is Java's word for its own.
    private final TrustManager @Nullable [] managers;

    private Trust(TrustManager @Nullable [] managers) {
        this.managers = managers;
    }

    /// The certificate authorities that the Java runtime trusts.
    public static Trust system() {
        return new Trust(null);
    }

    /// These certificates and nobody else's: for a private authority, or to pin one.
    ///
    /// @param pem one or more certificates
    /// @throws IOException when the file can't be read or holds none
    public static Trust pem(Path pem) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(pem))) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var count = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException(pem + " holds no certificate");
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return new Trust(managers.getTrustManagers());
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + ": " + e.getMessage(), e);
        }
    }

    /// The connecting side of TLS.
    ///
    /// @param shown to a host that wants a certificate of ours
    SSLSocketFactory sockets(Optional<KeyMaterial> shown) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(shown.map(own -> new KeyManager[] {own.clientKey()}).orElse(null), managers, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java without TLS", e);
        }
    }
}
