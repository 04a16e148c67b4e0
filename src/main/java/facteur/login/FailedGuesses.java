package facteur.login;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/// What was tried over one connection, and was wrong. Libraries that are refused say the same once more, by their next
/// mechanism: that is no other guess. For one thread; the connection is closed after a few.
public final class FailedGuesses {
    private final Set<ByteBuffer> seals = new HashSet<>();

    boolean contains(ByteBuffer seal) {
        return seals.contains(seal);
    }

    void add(ByteBuffer seal) {
        seals.add(seal);
    }
}
