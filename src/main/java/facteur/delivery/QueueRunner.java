package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.RouteId;
import facteur.mail.message.FileBody;
import facteur.mail.message.MemoryBody;
import facteur.platform.clock.Clocks;
import facteur.route.Hop;
import facteur.route.Route;
import facteur.spool.Due;
import facteur.spool.LeasedLetter;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps new letters of one route, and sees to it that every letter of it in the spool is tried when it is due.
///
/// A new letter normally skips the queue: it is stored as active, leased to this runner, and tried at once from memory.
/// When too many attempts run, or too many octets are held for them, it is stored as deferred and the loop claims it in its
/// turn. The loop asks the spool what is due, starts that many attempts as there is room for, and waits until the next due
/// date, a wake-up, or the end of a poll, so that changes made by an operator's command are seen.
///
/// While no upstream of the route is up ([Route]) new letters are stored as deferred too, and the loop claims nothing but
/// one letter at a time to probe an upstream with, and those whose time is over, for a last attempt. Whatever waits has no attempt counted and
/// costs nothing.
///
/// Each attempt runs on a virtual thread of its own and ends by writing its verdict ([Delivery]). What it goes by may change
/// at a reload: attempts under way end as they began, the next ones go by the new [Terms]. Thread-safe.
final class QueueRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueRunner.class);
    private static final int CLAIM_LIMIT = 50;

    /// What attempts go by.
    private record Terms(Route route, Delivery delivery, Verdicts verdicts, DeliveryLimits limits) {}

    private final Spool spool;
    private final RouteId id;
    private final Journal journal;
    private final Clocks clocks;
    private final Delivery.Reports reports;
    private final AttemptSlots room;
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread loop;
    private volatile Terms terms;

    /// Whether the loop waits for the end of an attempt.
    private volatile boolean isStarved;

    /// @param memory shared with the runners of other routes
    /// @param reports keeps reports of ours
    QueueRunner(
            Spool spool,
            Route route,
            Verdicts verdicts,
            Journal journal,
            Clocks clocks,
            DeliveryLimits limits,
            HandOverMemory memory,
            Delivery.Reports reports) {
        this.spool = spool;
        this.id = route.id();
        this.journal = journal;
        this.clocks = clocks;
        this.reports = reports;
        this.room = new AttemptSlots(limits.attempts(), memory);
        this.loop = Thread.ofVirtual().name("queue-runner").unstarted(this::run);
        this.terms = terms(route, verdicts, limits);
    }

    private Terms terms(Route route, Verdicts verdicts, DeliveryLimits limits) {
        var delivery = new Delivery(
                spool,
                new Courier(route, journal, clocks.steady()),
                verdicts,
                journal,
                clocks.wall(),
                limits.poll(),
                reports,
                this::wake,
                stopped);
        return new Terms(route, delivery, verdicts, limits);
    }

    /// Goes by these from now on.
    ///
    /// @param route of the same id
    void apply(Route route, Verdicts verdicts, DeliveryLimits limits) {
        terms = terms(route, verdicts, limits);
        room.resize(limits.attempts());
        wake();
    }

    void start() {
        loop.start();
    }

    /// Keeps a letter, and tries it at once if there is room.
    ///
    /// @param kept runs when it is on disk, before the first attempt
    /// @throws SpoolException when it is not kept
    void keep(Letter letter, Runnable kept) throws SpoolException {
        var now = terms;
        var _ = keep(letter, kept, now, now.delivery()::attempt);
    }

    /// The same for an app that waits for the first attempt.
    ///
    /// @return whether one is made now
    boolean keep(Letter letter, Runnable kept, WaitingApp app) throws SpoolException {
        var now = terms;
        return keep(letter, kept, now, spooled -> now.delivery().attempt(spooled, app));
    }

    private boolean keep(Letter letter, Runnable kept, Terms now, Consumer<LeasedLetter> work) throws SpoolException {
        var outage = now.route().outage();
        if (outage.isPresent()) {
            defer(letter, kept);
            var persons = letter.persons();
            var retryAt = clocks.steady().onWall(outage.get().down().until());
            Verdicts.putOff(letter, outage.get(), retryAt).forEach(event -> journal.record(event, persons));
            return false;
        }
        var bytes = memoryBytes(letter);
        if (isStopping() || now.route().isResting(clocks.steady().instant()) || !room.enter(bytes)) {
            defer(letter, kept);
            return false;
        }
        var place = room.place(bytes);
        LeasedLetter spooled;
        try {
            spooled = spool.acceptActive(id, letter);
        } catch (SpoolException | RuntimeException e) {
            place.leave();
            throw e;
        }
        kept.run();
        start(spooled, place, work);
        return true;
    }

    private void defer(Letter letter, Runnable kept) throws SpoolException {
        spool.acceptWaiting(Map.of(id, letter));
        kept.run();
        wake();
    }

    /// Makes the loop look at the queue now.
    void wake() {
        wakeUps.release();
    }

    /// Claims nothing more, and waits for the attempts under way as long as they take.
    ///
    /// @throws InterruptedException by somebody who can't wait: then [#close] follows
    void finish() throws InterruptedException {
        stopping.countDown();
        wake();
        if (loop.isAlive()) {
            loop.join();
        }
        room.awaitEmpty();
    }

    /// Claims nothing more and waits for the attempts under way, but not for long.
    @Override
    public void close() {
        stopping.countDown();
        wake();
        try {
            if (loop.isAlive()) {
                loop.join();
            }
            if (!room.awaitEmpty(terms.limits().stopTimeout().toMillis())) {
                LOG.warn("stopped with attempts under way; their letters are tried again after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    /// Whether the loop is there, or has been told to end.
    boolean isServed() {
        return isStopping() || loop.isAlive();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private static long memoryBytes(Letter letter) {
        var withoutBody = letter.envelope().memoryBytes() + letter.message().header().sizeBytes();
        return switch (letter.message().body()) {
            case MemoryBody body -> withoutBody + body.sizeBytes();
            case FileBody ignored -> withoutBody;
        };
    }

    private void start(LeasedLetter spooled, AttemptSlots.Place place, Consumer<LeasedLetter> work) {
        Thread.ofVirtual().name("attempt-" + spooled.id()).start(() -> {
            try {
                work.accept(spooled);
            } finally {
                place.leave();
                if (isStarved) {
                    wake();
                }
            }
        });
    }

    private void run() {
        while (!isStopping()) {
            var now = terms;
            try {
                await(pass(now));
            } catch (SpoolException e) {
                now.delivery().trouble(e);
                if (Delivery.isReached(stopping, now.limits().poll())) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error bug) {
                LOG.error("queue runner", bug);
                if (Delivery.isReached(stopping, now.limits().poll())) {
                    return;
                }
            }
        }
    }

    /// Starts what may be started. How long to wait before the next pass.
    private Duration pass(Terms now) throws SpoolException {
        return switch (now.route().permit(clocks.steady().instant())) {
            case Route.Permit.Unlimited() -> claim(now, CLAIM_LIMIT, now.delivery()::attempt).delay();
            case Route.Permit.Probe(var hop) -> probe(now, hop);
            case Route.Permit.None(var until) -> rest(now, until);
        };
    }

    private Duration probe(Terms now, Hop hop) throws SpoolException {
        var isProbing = false;
        try {
            var claimed = claim(now, 1, spooled -> now.delivery().probe(spooled, hop));
            isProbing = claimed.started() == 1;
            return claimed.delay();
        } finally {
            if (!isProbing) {
                hop.breaker().noProbe();
            }
        }
    }

    /// @param delay before the next pass
    private record Claimed(int started, Duration delay) {}

    /// Starts what is due, as far as there is room.
    private Claimed claim(Terms now, int limit, Consumer<LeasedLetter> work) throws SpoolException {
        var poll = now.limits().poll();
        // Before it looks, so that no end of an attempt is missed.
        isStarved = true;
        var places = room.reserve(limit);
        if (places == 0) {
            return new Claimed(0, poll);
        }
        isStarved = false;
        var started = 0;
        try {
            var wall = clocks.wall().instant();
            spool.recall(id, wall.plus(now.verdicts().longestDelay()), wall);
            return switch (spool.due(id, wall, places)) {
                case Due.Now due -> {
                    started = start(due, work);
                    yield new Claimed(started, Duration.ZERO);
                }
                case Due.At(var dueAt) -> new Claimed(0, least(Duration.between(clocks.wall().instant(), dueAt), poll));
                case Due.Idle() -> new Claimed(0, poll);
            };
        } finally {
            room.giveBack(places - started);
        }
    }

    /// Nothing is tried. Only what is too old by now has its last attempt.
    ///
    /// @param until by the steady clock
    private Duration rest(Terms now, Optional<Instant> until) throws SpoolException {
        isStarved = true;
        if (now.route().outage().isPresent() && now.verdicts().areTheOldGivenBack()) {
            var places = room.reserve(CLAIM_LIMIT);
            var started = 0;
            try {
                var wall = clocks.wall().instant();
                var old = spool.olderThan(id, wall.minus(now.verdicts().expireAfter()), wall, places);
                started = start(old, now.delivery()::lastAttempt);
            } finally {
                room.giveBack(places - started);
            }
        }
        var poll = now.limits().poll();
        return until.map(at -> least(Duration.between(clocks.steady().instant(), at), poll)).orElse(poll);
    }

    private int start(Due.Now due, Consumer<LeasedLetter> work) {
        due.corrupt().forEach(letter -> journal.record(new MailEvent.Held(letter.letterId(), letter.reason())));
        for (var spooled : due.letters()) {
            start(spooled, room.reserved(memoryBytes(spooled.letter())), work);
        }
        return due.letters().size();
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void await(Duration wait) throws InterruptedException {
        if (wait.isPositive() && wakeUps.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }
}
