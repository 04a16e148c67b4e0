package facteur.platform.tls;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// The key material of the moment. A handshake takes what is here when it starts; connections that have theirs go on
/// with it. Thread-safe.
public final class TlsKeys {
    private final AtomicReference<Optional<KeyMaterial>> current;

    /// @param material empty when no certificate is configured
    public TlsKeys(Optional<KeyMaterial> material) {
        this.current = new AtomicReference<>(material);
    }

    /// What the configuration says now, for handshakes to come.
    public void replace(Optional<KeyMaterial> material) {
        current.set(material);
    }

    public Optional<KeyMaterial> current() {
        return current.get();
    }

    /// For a server of Java's own. Its handshakes fail while there is no certificate; none asks for one of the client's.
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new CurrentKey(this)}, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new LinkageError("Java has TLS", e);
        }
    }

    public Optional<Instant> expiresAt() {
        return current().map(KeyMaterial::expiresAt);
    }
}
