package facteur.mail.dkim;

import java.time.Instant;
import java.util.Comparator;

/// A key as it is kept.
///
/// @param since when it came into this state; [Instant#EPOCH] when its file doesn't say
public record StoredKey(DkimKey key, KeyState state, Instant since) {
    static final Comparator<StoredKey> OLDEST_FIRST = Comparator.comparing(StoredKey::since)
            .thenComparing(stored -> stored.key().algorithm())
            .thenComparing(stored -> stored.key().selector());
}
