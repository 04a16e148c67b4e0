package facteur.mail.dkim;

import facteur.platform.openssl.NativeKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;

/// A key, the name that DNS knows it by, and what DNS has to say of it. Immutable; safe to share between threads. Doesn't
/// print its secret half.
public final class DkimKey {
    private final String selector;
    private final DkimAlgorithm algorithm;
    private final PrivateKey privateKey;
    private final Optional<NativeKey> nativeKey;
    private final String published;

    DkimKey(String selector, DkimAlgorithm algorithm, PrivateKey privateKey, PublicKey publicKey) {
        this.selector = selector;
        this.algorithm = algorithm;
        this.privateKey = privateKey;
        this.nativeKey = NativeKey.of(privateKey);
        this.published = Base64.getEncoder().encodeToString(algorithm.published(publicKey));
    }

    /// @throws GeneralSecurityException when it is of a kind that DKIM doesn't know, or too weak
    static DkimKey of(String selector, PrivateKey key) throws GeneralSecurityException {
        var algorithm = DkimAlgorithm.of(key)
                .orElseThrow(() -> new GeneralSecurityException(key.getAlgorithm() + " is not for DKIM: RSA and Ed25519 are"));
        return new DkimKey(selector, algorithm, key, algorithm.publicKey(key));
    }

    public String selector() {
        return selector;
    }

    public DkimAlgorithm algorithm() {
        return algorithm;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /// By OpenSSL where it is there and takes the key, otherwise by Java: with the same octets.
    public byte[] sign(byte[] octets) throws GeneralSecurityException {
        var message = algorithm.message(octets);
        var signature = nativeKey.flatMap(key -> key.sign(message));
        return signature.isPresent() ? signature.get() : algorithm.sign(privateKey, message);
    }

    /// Where its record is (RFC 6376 §3.6.2.1), without a dot at the end.
    ///
    /// @param domain in A-labels
    public String recordName(String domain) {
        return selector + "._domainkey." + domain;
    }

    /// The text of its TXT record (RFC 6376 §3.6.1). With RSA longer than the 255 octets that one string of a record holds.
    public String recordText() {
        return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + published;
    }

    /// Whether a verifier who finds this text takes our signatures: the same key, for mail, and no tag against it
    /// (RFC 6376 §3.6.1). With any spacing, and any other tags.
    ///
    /// @param text the strings of one TXT record, joined
    public boolean isPublishedBy(String text) {
        return KeyRecord.parse(text).filter(record -> record.isFor(algorithm) && record.key().equals(published)).isPresent();
    }

    @Override
    public String toString() {
        return selector + " (" + algorithm + ")";
    }
}
