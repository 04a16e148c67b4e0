package facteur.tls;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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

    public Optional<Instant> expiresAt() {
        return current().map(KeyMaterial::expiresAt);
    }
}
