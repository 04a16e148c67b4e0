package facteur.api;

import facteur.office.OfficeId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// How many requests with many cards are worked on at a time: letters go first. One to a node. Thread-safe.
final class BulkSlots {
    private static final int AT_ONCE = 2;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Semaphore node = new Semaphore(AT_ONCE);
    private final Set<OfficeId> offices = ConcurrentHashMap.newKeySet();

    /// Held while a request is worked on.
    interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /// Refuses a request at once when there is no room: a program that waits would hold a connection.
    Slot take(OfficeId office) {
        if (!offices.add(office)) {
            throw Refusals.tooMany("bulk.office", "another request with many cards of this office is being worked on", SOON);
        }
        if (!node.tryAcquire()) {
            offices.remove(office);
            throw Refusals.tooMany("bulk.node", "no more than " + AT_ONCE + " requests with many cards at once", SOON);
        }
        return () -> {
            node.release();
            offices.remove(office);
        };
    }
}
