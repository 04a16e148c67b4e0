package facteur.mail.dkim;

import java.time.Instant;
import java.util.Map;

/// What signatures are judged by.
///
/// @param bodies in the forms that they cover
/// @param keys by the names of their records
public record Evidence(BodyHashes bodies, Map<String, PublishedKey> keys, Instant now) {
    public Evidence {
        keys = Map.copyOf(keys);
    }

    /// The verdict about a signature over these octets.
    public Verdict check(SignatureField signature, byte[] signed) {
        return signature.check(signed, keys.getOrDefault(signature.keyName(), new PublishedKey.Unknown("not asked for")));
    }
}
