package facteur.delivery;

import facteur.mail.letter.Letter;
import facteur.mail.letter.RouteId;
import facteur.route.Route;
import facteur.spool.KnownLetterException;
import facteur.spool.LeasedLetter;
import facteur.spool.LetterKey;
import facteur.spool.SpoolException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the letters of one route: stores new ones, and tries every letter in the spool when it is due ([QueueLoop]).
///
/// A new letter normally skips the queue: it is stored as active, leased to this runner, and tried at once from memory.
/// While there is no slot for another attempt ([AttemptSlots]), or no upstream of the route is up ([Route]), it is stored as
/// deferred, and the loop claims it in its turn.
///
/// Each attempt runs on a thread of its own and ends by writing its verdict ([Delivery]). The [Terms] change at a reload:
/// running attempts end by those that they began with. Thread-safe.
final class QueueRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueueRunner.class);

    /// What attempts are made by.
    record Terms(Route route, Delivery delivery, DeliveryRules rules) {}

    /// Where a new letter is, on disk.
    sealed interface Placed {
        /// Leased to this runner, with a slot for its first attempt.
        record Active(LeasedLetter letter, AttemptSlots.Slot slot, Delivery delivery) implements Placed {}

        /// In the queue.
        ///
        /// @param outage of all upstreams of the route, when that is why
        record Waiting(Letter letter, Optional<Route.Outage> outage) implements Placed {}
    }

    private final DeliveryContext context;
    private final RouteId id;
    private final RunnerSignals signals = new RunnerSignals();
    private final AttemptSlots slots;
    private final Attempts attempts;
    private final QueueLoop loop;
    private final Thread thread;
    private volatile Terms terms;

    QueueRunner(DeliveryContext context, Route route, DeliveryRules rules) {
        this.context = context;
        this.id = route.id();
        this.slots = new AttemptSlots(rules.limits().attempts(), context.memory());
        this.attempts = new Attempts(slots, context.threads(), signals);
        this.terms = terms(route, rules);
        this.loop = new QueueLoop(id, context, attempts, signals);
        this.thread = Thread.ofVirtual().name("queue-runner").unstarted(() -> loop.run(() -> terms));
    }

    private Terms terms(Route route, DeliveryRules rules) {
        return new Terms(route, new Delivery(context, route, rules, signals), rules);
    }

    /// Applies other rules to the attempts that begin from now on.
    ///
    /// @param route of the same id
    void apply(Route route, DeliveryRules rules) {
        terms = terms(route, rules);
        slots.resize(rules.limits().attempts());
        wake();
    }

    void start() {
        thread.start();
    }

    /// Stores a letter, with a slot for an attempt if there is one.
    ///
    /// @param key that it is known by
    /// @param reports on it, each for its route; not to be delivered here
    /// @throws KnownLetterException when an earlier letter has its name
    /// @throws SpoolException when it is not stored
    Placed store(Letter letter, Optional<LetterKey> key, Map<RouteId, Letter> reports) throws SpoolException {
        var now = terms;
        var outage = now.route().outage();
        var isTried = outage.isEmpty() && !signals.isStopping() && !now.route().isResting(context.clocks().steady().instant());
        var slot = isTried ? attempts.slot(letter) : Optional.<AttemptSlots.Slot>empty();
        if (slot.isPresent()) {
            return new Placed.Active(storeActive(letter, key, reports, slot.get()), slot.get(), now.delivery());
        }
        context.spool().acceptWaiting(Map.of(id, letter), key, reports);
        return new Placed.Waiting(letter, outage);
    }

    private LeasedLetter storeActive(
            Letter letter, Optional<LetterKey> key, Map<RouteId, Letter> reports, AttemptSlots.Slot slot) throws SpoolException {
        try {
            return context.spool().acceptActive(id, letter, key, reports);
        } catch (SpoolException | RuntimeException e) {
            slot.release();
            throw e;
        }
    }

    /// Starts the first attempt of a letter, or leaves it to the loop.
    ///
    /// @return whether an attempt has begun
    boolean deliver(Placed placed) {
        return deliver(placed, Delivery::attempt);
    }

    /// The same for an app that waits for the first attempt.
    boolean deliver(Placed placed, WaitingApp app) {
        return deliver(placed, (delivery, letter) -> delivery.attempt(letter, app));
    }

    private boolean deliver(Placed placed, BiConsumer<Delivery, LeasedLetter> attempt) {
        return switch (placed) {
            case Placed.Active(var letter, var slot, var delivery) -> {
                Consumer<LeasedLetter> work = leased -> attempt.accept(delivery, leased);
                attempts.start(letter, slot, work);
                yield true;
            }
            case Placed.Waiting(var letter, var outage) -> {
                wake();
                outage.ifPresent(out -> journalDeferral(letter, out));
                yield false;
            }
        };
    }

    private void journalDeferral(Letter letter, Route.Outage outage) {
        var persons = letter.persons();
        var retryAt = context.clocks().steady().onWall(outage.down().until());
        Verdicts.deferrals(letter, outage, retryAt).forEach(event -> context.journal().record(event, persons));
    }

    /// Makes the loop look at the queue now.
    void wake() {
        signals.wake();
    }

    /// Goes through the queue once, on the caller's thread instead of the loop's.
    void pass() throws SpoolException {
        var _ = loop.pass(terms);
    }

    /// Claims nothing more, and waits for the running attempts without a timeout.
    ///
    /// @throws InterruptedException when interrupted: then [#close] follows
    void finish() throws InterruptedException {
        stopLoop();
        slots.awaitEmpty();
    }

    private void stopLoop() throws InterruptedException {
        signals.stop();
        if (thread.isAlive()) {
            thread.join();
        }
    }

    /// Claims nothing more and waits for the running attempts, until the stop timeout.
    @Override
    public void close() {
        try {
            stopLoop();
            if (!slots.awaitEmpty(terms.rules().limits().stopTimeout())) {
                LOG.warn("stopped before all attempts had ended; their letters are tried again after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            signals.end();
        }
    }

    /// Whether the loop runs, or was told to end.
    boolean isServed() {
        return signals.isStopping() || thread.isAlive();
    }
}
