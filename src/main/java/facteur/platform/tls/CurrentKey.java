package facteur.platform.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows clients the certificate of the moment: a renewed one from the next handshake on. A handshake that is right between
/// the old one's chain and its key fails, and its client tries again. Thread-safe.
final class CurrentKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "facteur";

    private final TlsKeys keys;

    CurrentKey(TlsKeys keys) {
        this.keys = keys;
    }

    private @Nullable String alias(String kind) {
        return keys.current().filter(material -> material.key().getAlgorithm().equals(kind)).map(_ -> ALIAS).orElse(null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String kind, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(kind);
    }

    @Override
    public @Nullable String chooseServerAlias(String kind, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(kind);
    }

    @Override
    public String @Nullable [] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return Optional.ofNullable(alias(kind)).map(alias -> new String[] {alias}).orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.current().map(material -> material.chain().toArray(X509Certificate[]::new)).orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return keys.current().map(KeyMaterial::key).orElse(null);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return null;
    }
}
