package facteur.upstream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Whose certificates an upstream may show. Immutable; safe to share between threads.
public final class Trust {
    private final SSLSocketFactory sockets;

    private Trust(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    /// The certificate authorities that the Java runtime trusts.
    public static Trust system() {
        return new Trust((SSLSocketFactory) SSLSocketFactory.getDefault());
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
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return new Trust(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + ": " + e.getMessage(), e);
        }
    }

    /// The same, for somebody who looks on.
    Trust watched(Consumer<SSLSocket> watcher) {
        return new Trust(new WatchedSockets(sockets, watcher));
    }

    /// Nobody: for somebody who only wants to see what certificates are shown.
    ///
    /// @param shown gets the chain; from the thread that shakes hands
    static Trust nobody(Consumer<List<X509Certificate>> shown) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new DoubtfulTrustManager(shown)}, null);
            return new Trust(context.getSocketFactory());
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java has TLS", e);
        }
    }

    SSLSocketFactory sockets() {
        return sockets;
    }
}
