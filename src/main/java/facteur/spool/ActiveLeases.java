package facteur.spool;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The leases that this run works on. As many as running attempts and letters being accepted. Thread-safe.
final class ActiveLeases {
    private record Key(String letterId, long epoch) {}

    private final Set<Key> keys = ConcurrentHashMap.newKeySet();

    void add(String letterId, Lease lease) {
        keys.add(new Key(letterId, lease.epoch()));
    }

    void addAll(Collection<QueueRows.Claimed> claimed) {
        claimed.forEach(each -> add(each.letterId(), each.lease()));
    }

    void remove(String letterId, Lease lease) {
        keys.remove(new Key(letterId, lease.epoch()));
    }

    void removeAll(Collection<QueueRows.Claimed> claimed) {
        claimed.forEach(each -> remove(each.letterId(), each.lease()));
    }

    boolean contains(String letterId, Lease lease) {
        return keys.contains(new Key(letterId, lease.epoch()));
    }
}
