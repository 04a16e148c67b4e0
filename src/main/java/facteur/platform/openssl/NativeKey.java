package facteur.platform.openssl;

import java.lang.foreign.MemorySegment;
import java.security.PrivateKey;
import java.util.Optional;

/// A private key that OpenSSL signs with. Immutable; safe to share between threads. Its octets are in memory of OpenSSL's,
/// which frees them when the key isn't referred to any more.
public final class NativeKey {
    private final Libcrypto libcrypto;
    private final MemorySegment key;
    private final boolean isHashing;

    private NativeKey(Libcrypto libcrypto, MemorySegment key, boolean isHashing) {
        this.libcrypto = libcrypto;
        this.key = key;
        this.isHashing = isHashing;
    }

    /// @param key RSA or Ed25519
    /// @return empty where there is no OpenSSL, or where it doesn't take this key
    public static Optional<NativeKey> of(PrivateKey key) {
        return Libcrypto.instance().flatMap(libcrypto -> libcrypto
                .key(key.getEncoded())
                .map(segment -> new NativeKey(libcrypto, segment, key.getAlgorithm().equals("RSA"))));
    }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2.1), or PureEdDSA (RFC 8032 §5.1.6): both give one signature alone for
    /// the same octets.
    ///
    /// @return empty when OpenSSL refuses
    public Optional<byte[]> sign(byte[] octets) {
        return libcrypto.sign(key, isHashing, octets);
    }
}
