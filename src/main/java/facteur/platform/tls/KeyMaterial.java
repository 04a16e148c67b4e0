package facteur.platform.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// What a handshake needs: a certificate with its chain, the key, and whose client certificates are believed.
/// Immutable; safe to share between threads. Doesn't print its key.
public final class KeyMaterial {
    /// RFC 8996: nothing older. The suites, and their order, are those of Java.
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Path file;
    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final List<X509Certificate> clientAuthorities;
    private final SSLContext context;

    /// @param file where the certificate came from
    /// @param clientAuthorities none: no client is asked for a certificate
    KeyMaterial(Path file, List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientAuthorities)
            throws GeneralSecurityException, IOException {
        this.file = file;
        this.chain = List.copyOf(chain);
        this.key = key;
        this.clientAuthorities = List.copyOf(clientAuthorities);
        this.context = SSLContext.getInstance("TLS");
        context.init(keys(chain, key).getKeyManagers(), trust(), null);
    }

    private static KeyManagerFactory keys(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        // The store never leaves this method.
        store.setKeyEntry("facteur", key, new char[0], chain.toArray(X509Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        return keys;
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (clientAuthorities.isEmpty()) {
            return new TrustManager[0];
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var i = 0; i < clientAuthorities.size(); i++) {
            store.setCertificateEntry("client-ca-" + i, clientAuthorities.get(i));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    public Path file() {
        return file;
    }

    /// The earliest of the chain.
    public Instant expiresAt() {
        return chain.stream().map(each -> each.getNotAfter().toInstant()).min(Instant::compareTo).orElseThrow();
    }

    /// The latest of the chain.
    Instant beginsAt() {
        return chain.stream().map(each -> each.getNotBefore().toInstant()).max(Instant::compareTo).orElseThrow();
    }

    List<X509Certificate> chain() {
        return chain;
    }

    PrivateKey key() {
        return key;
    }

    /// For the connecting side: shows the certificate to every server that wants one.
    public KeyManager clientKey() {
        return new ClientKey(chain, key);
    }

    /// The listening side of TLS on top of a connection. Closing it closes the connection. No handshake yet.
    ///
    /// @param asks whether the peer is asked for a certificate, if any is believed
    public SSLSocket over(Socket plain, boolean asks) throws IOException {
        // Of the ways to layer, the one for the listening side: it wants no name for the peer, so none is looked up.
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        // Wanted, not needed: an app without one may be known otherwise.
        parameters.setWantClientAuth(asks && !clientAuthorities.isEmpty());
        socket.setSSLParameters(parameters);
        return socket;
    }

    /// Whether the file still holds the same.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyMaterial material
                && file.equals(material.file)
                && chain.equals(material.chain)
                && key.equals(material.key)
                && clientAuthorities.equals(material.clientAuthorities);
    }

    @Override
    public int hashCode() {
        return chain.hashCode();
    }
}
