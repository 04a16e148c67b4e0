package facteur.store;

import facteur.office.OfficeId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many requests with many cards there may be at a time: letters go first. An office has one, from its first octet on. A node
/// works on two; bodies that are still coming aren't among them, so that a slow line holds up no other office. One to a node.
///
/// Thread-safe.
public final class BulkSlots {
    private static final int AT_ONCE = 2;
    private static final int BODIES = 16;

    private final Duration patience;
    private final Semaphore work = new Semaphore(AT_ONCE, true);
    private final Semaphore bodies = new Semaphore(BODIES);
    private final Set<OfficeId> offices = ConcurrentHashMap.newKeySet();

    /// Held while a request goes on.
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    BulkSlots() {
        this(Duration.ofSeconds(30));
    }

    /// @param patience how long a body that has come waits to be worked on
    BulkSlots(Duration patience) {
        this.patience = patience;
    }

    /// Lets the body of a request come, or refuses it at once.
    public Slot take(OfficeId office) throws BulkBusyException {
        if (!offices.add(office)) {
            throw new BulkBusyException(BulkBusyException.By.OFFICE);
        }
        if (!bodies.tryAcquire()) {
            offices.remove(office);
            throw new BulkBusyException(BulkBusyException.By.NODE);
        }
        return () -> {
            bodies.release();
            offices.remove(office);
        };
    }

    /// Begins the work, when it is this request's turn.
    public Slot work() throws BulkBusyException {
        try {
            if (work.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return work::release;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw new BulkBusyException(BulkBusyException.By.NODE);
    }
}
