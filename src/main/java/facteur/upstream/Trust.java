package facteur.upstream;

import facteur.platform.failure.Reason;
import facteur.platform.tls.KeyMaterial;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whose certificates an upstream may show. Immutable; safe to share between threads.
public final class Trust {
    /// `null` is Java's word for its own.
    private final TrustManager @Nullable [] managers;
    private final Consumer<SSLSocket> watcher;

    /// What two of them are the same by.
    private final Object mark;

    private Trust(Object mark, TrustManager @Nullable [] managers, Consumer<SSLSocket> watcher) {
        this.mark = mark;
        this.managers = managers;
        this.watcher = watcher;
    }

    /// The certificate authorities that the Java runtime trusts.
    public static Trust system() {
        return new Trust("system", null, socket -> {});
    }

    /// These certificates only: for a private authority, or to pin one.
    ///
    /// @param pem one or more certificates
    /// @throws IOException when the file can't be read or holds none
    public static Trust pem(Path pem) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(pem))) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var trusted = Set.<Certificate>copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            for (var certificate : trusted) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            if (trusted.isEmpty()) {
                throw new IOException(pem + " holds no certificate");
            }
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return new Trust(trusted, managers.getTrustManagers(), socket -> {});
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + ": " + Reason.of(e), e);
        }
    }

    /// As above, and shows the certificates to an observer.
    Trust watched(Consumer<SSLSocket> other) {
        return new Trust(List.of(mark, other), managers, other);
    }

    /// Trusts no certificate: for an inspection that only shows them.
    ///
    /// @param shown gets the chain; from the thread that shakes hands
    static Trust none(Consumer<List<X509Certificate>> shown) {
        return new Trust(shown, new TrustManager[] {new RejectingTrustManager(shown)}, socket -> {});
    }

    /// The connecting side of TLS.
    ///
    /// @param shown to a host that wants a certificate of ours
    TlsLayer sockets(Optional<KeyMaterial> shown) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(shown.map(own -> new KeyManager[] {own.clientKey()}).orElse(null), managers, null);
            return new TlsLayer(context.getSocketFactory(), watcher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java without TLS", e);
        }
    }

    /// Whether the same certificates are trusted.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Trust trust && mark.equals(trust.mark);
    }

    @Override
    public int hashCode() {
        return mark.hashCode();
    }
}
