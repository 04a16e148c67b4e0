package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.message.FileBody;
import facteur.message.MemoryBody;
import facteur.spool.Due;
import facteur.spool.Letter;
import facteur.spool.QueueState;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import facteur.spool.Spooled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps new letters and sees to it that every letter in the spool is tried when it is due.
///
/// A new letter normally skips the queue: it is stored as active, leased to this runner, and tried at once from memory.
/// When too many attempts run, or too many octets are held for them, it is stored as deferred, due now, and the loop
/// claims it in its turn. The loop asks the spool what is due, starts that many attempts as there is room for, and waits
/// until the next due date, a wake-up, or the end of a poll, so that changes made by an operator's command are seen.
///
/// Each attempt runs on a virtual thread of its own and ends by writing its verdict. While the spool can't be written,
/// the attempt keeps its verdict and tries again: what the upstream has taken must not be sent twice.
///
/// Thread-safe.
public final class QueueRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueRunner.class);
    private static final int CLAIM_LIMIT = 50;
    private static final Duration REPORT_DELAY = Duration.ofMinutes(5);

    private final Spool spool;
    private final Courier courier;
    private final Journal journal;
    private final InstantSource time;
    private final DeliveryLimits limits;
    private final Semaphore attempts;
    private final AtomicLong handedOverBytes = new AtomicLong();
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread loop;

    /// Whether the loop found no room for what may be due.
    private volatile boolean isStarved;

    public QueueRunner(Spool spool, Courier courier, Journal journal, InstantSource time, DeliveryLimits limits) {
        this.spool = spool;
        this.courier = courier;
        this.journal = journal;
        this.time = time;
        this.limits = limits;
        this.attempts = new Semaphore(limits.attempts());
        this.loop = Thread.ofVirtual().name("queue-runner").unstarted(this::run);
    }

    public void start() {
        loop.start();
    }

    /// Keeps a letter, and delivers it in time. Returns when it is on disk.
    ///
    /// @param kept runs when it is, before the first attempt
    /// @throws SpoolException when it is not kept
    public void accept(Letter letter, Runnable kept) throws SpoolException {
        var bytes = memoryBytes(letter);
        if (!reserve(bytes)) {
            spool.acceptDeferred(letter, time.instant());
            kept.run();
            wake();
            return;
        }
        Spooled spooled;
        try {
            spooled = spool.acceptActive(letter);
        } catch (SpoolException | RuntimeException e) {
            unreserve(bytes);
            throw e;
        }
        kept.run();
        start(spooled, bytes);
    }

    /// Makes the loop look at the queue now.
    public void wake() {
        wakeUps.release();
    }

    /// Claims nothing more and waits for the attempts under way.
    @Override
    public void close() {
        stopping.countDown();
        wake();
        try {
            if (loop.isAlive()) {
                loop.join();
            }
            if (!attempts.tryAcquire(limits.attempts(), limits.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("stopped with attempts under way; their letters are tried again after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean reserve(long bytes) {
        if (isStopping() || handedOverBytes.get() + bytes > limits.handOverBytes() || !attempts.tryAcquire()) {
            return false;
        }
        handedOverBytes.addAndGet(bytes);
        return true;
    }

    private void unreserve(long bytes) {
        handedOverBytes.addAndGet(-bytes);
        attempts.release();
    }

    private static long memoryBytes(Letter letter) {
        return switch (letter.message().body()) {
            case MemoryBody body -> letter.message().header().sizeBytes() + body.sizeBytes();
            case FileBody ignored -> letter.message().header().sizeBytes();
        };
    }

    private void start(Spooled spooled, long bytes) {
        Thread.ofVirtual().name("attempt-" + spooled.id()).start(() -> {
            try {
                attempt(spooled);
            } finally {
                unreserve(bytes);
                if (isStarved) {
                    wake();
                }
            }
        });
    }

    private void attempt(Spooled spooled) {
        Verdict verdict;
        try {
            verdict = courier.attempt(spooled);
        } catch (RuntimeException | Error bug) {
            LOG.error("attempt for {} failed", spooled.id(), bug);
            hold(spooled, "internal error: " + bug);
            return;
        }
        verdict.events().forEach(journal::record);
        var kept = verdict.report().isEmpty() || isKept(verdict.report().get())
                ? verdict
                : verdict.postponed(spooled.recipients(), time.instant().plus(REPORT_DELAY));
        if (written(() -> spool.settle(spooled, kept.recipients(), kept.attempts(), kept.next()))
                && kept.next() instanceof QueueState.Deferred) {
            wake();
        }
    }

    /// Tried once: a full disk may stay full for long, and the attempt holds a place that others wait for.
    private boolean isKept(Letter report) {
        try {
            accept(report, () -> {});
            return true;
        } catch (SpoolException e) {
            journal.record(new MailEvent.SpoolTrouble(e.getMessage() + ": " + e.getCause()));
            return false;
        }
    }

    private void hold(Spooled spooled, String reason) {
        if (written(() -> spool.settle(spooled, spooled.recipients(), new QueueState.Held(reason)))) {
            journal.record(new MailEvent.Held(spooled.id().text(), reason));
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws SpoolException;
    }

    /// Writes, again and again while the spool can't be written. False when the runner has stopped before it could: the
    /// letter is found again at the next start.
    private boolean written(Writing writing) {
        while (true) {
            try {
                writing.run();
                return true;
            } catch (SpoolException e) {
                journal.record(new MailEvent.SpoolTrouble(e.getMessage() + ": " + e.getCause()));
                if (waitFor(stopped)) {
                    return false;
                }
            }
        }
    }

    /// Waits a poll's length. True when the runner has come so far.
    private boolean waitFor(CountDownLatch milestone) {
        try {
            return milestone.await(limits.poll().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void run() {
        while (!isStopping()) {
            try {
                await(claim());
            } catch (SpoolException e) {
                journal.record(new MailEvent.SpoolTrouble(e.getMessage() + ": " + e.getCause()));
                if (waitFor(stopping)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error bug) {
                LOG.error("queue runner", bug);
                if (waitFor(stopping)) {
                    return;
                }
            }
        }
    }

    /// Starts what is due, as far as there is room. How long to wait before asking again.
    private Duration claim() throws SpoolException {
        var room = handedOverBytes.get() < limits.handOverBytes() ? reserveRoom() : 0;
        isStarved = room == 0;
        if (isStarved) {
            return limits.poll();
        }
        var started = 0;
        try {
            return switch (spool.due(time.instant(), room)) {
                case Due.Now(var letters, var corrupt) -> {
                    corrupt.forEach(letter -> journal.record(new MailEvent.Held(letter.letterId(), letter.reason())));
                    for (var spooled : letters) {
                        handedOverBytes.addAndGet(memoryBytes(spooled.letter()));
                        start(spooled, memoryBytes(spooled.letter()));
                        started++;
                    }
                    yield Duration.ZERO;
                }
                case Due.At(var dueAt) -> {
                    var wait = Duration.between(time.instant(), dueAt);
                    yield wait.compareTo(limits.poll()) < 0 ? wait : limits.poll();
                }
                case Due.Idle() -> limits.poll();
            };
        } finally {
            attempts.release(room - started);
        }
    }

    private int reserveRoom() {
        var room = 0;
        while (room < CLAIM_LIMIT && attempts.tryAcquire()) {
            room++;
        }
        return room;
    }

    private void await(Duration wait) throws InterruptedException {
        if (wait.isPositive() && wakeUps.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }
}
