package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Addressed;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.smtp.Reply;
import facteur.platform.clock.Clocks;
import facteur.route.Route;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps new letters, each for its route, and delivers them: a [QueueRunner] for each route, so that none waits for the
/// upstream of another. Thread-safe.
public final class Queues implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Queues.class);
    /// In one transaction, which others wait for.
    private static final int REROUTE_LIMIT = 100;

    /// @param runners one for each route
    private record InForce(DeliveryRules rules, Map<RouteId, QueueRunner> runners) {
        QueueRunner runner(RouteId route) {
            return Optional.ofNullable(runners.get(route))
                    .orElseThrow(() -> new IllegalArgumentException("no such route: " + route));
        }
    }

    private final Spool spool;
    private final QueueIds queueIds;
    private final Journal journal;
    private final Clocks clocks;
    private final HandOverMemory memory;
    private final Set<WaitingApp> apps = ConcurrentHashMap.newKeySet();
    /// Each waits for the last attempts of a route that is gone.
    private final Set<Thread> leaving = ConcurrentHashMap.newKeySet();
    private volatile InForce inForce;
    private volatile boolean isLettingGo;
    private boolean isStarted;
    private boolean isClosed;

    public Queues(Spool spool, QueueIds queueIds, Journal journal, Clocks clocks, DeliveryRules rules) {
        this.spool = spool;
        this.queueIds = queueIds;
        this.journal = journal;
        this.clocks = clocks;
        memory = new HandOverMemory(rules.limits().handOverBytes());
        var runners = new HashMap<RouteId, QueueRunner>();
        rules.routes().all().forEach(route -> runners.put(route.id(), runner(route, rules)));
        inForce = new InForce(rules, Map.copyOf(runners));
    }

    private QueueRunner runner(Route route, DeliveryRules rules) {
        return new QueueRunner(spool, route, rules.verdicts(), journal, clocks, rules.limits(), memory, this::keep);
    }

    public synchronized void start() {
        isStarted = true;
        inForce.runners().values().forEach(QueueRunner::start);
    }

    /// Goes by other rules from now on. Attempts under way end as they began. Letters that wait for a route which is no more go
    /// by another: at once, or when their last attempt is over.
    ///
    /// @return false when it is closed: then nothing has changed
    public synchronized boolean apply(DeliveryRules rules) {
        if (isClosed) {
            return false;
        }
        memory.limit(rules.limits().handOverBytes());
        var before = inForce.runners();
        var runners = new HashMap<RouteId, QueueRunner>();
        for (var route : rules.routes().all()) {
            var same = before.get(route.id());
            if (same == null) {
                runners.put(route.id(), runner(route, rules));
            } else {
                same.apply(route, rules.verdicts(), rules.limits());
                runners.put(route.id(), same);
            }
        }
        inForce = new InForce(rules, Map.copyOf(runners));
        if (isStarted) {
            runners.values().stream().filter(runner -> !before.containsValue(runner)).forEach(QueueRunner::start);
        }
        before.values().stream().filter(runner -> !runners.containsValue(runner)).forEach(this::leave);
        return true;
    }

    private void leave(QueueRunner runner) {
        var thread = Thread.ofVirtual().name("leaving").unstarted(() -> {
            reroute();
            try {
                runner.finish();
            } catch (InterruptedException stopping) {
                runner.close();
            }
            leaving.remove(Thread.currentThread());
            reroute();
        });
        leaving.add(thread);
        thread.start();
    }

    /// Keeps a letter, and delivers it in time. Returns when it is on disk and, in pass-through, the first attempt is over or
    /// takes too long.
    ///
    /// @param kept runs when it is on disk, before the first attempt
    /// @return the upstream's refusal, when the app waited for it: then nothing is kept, and nobody is told but the app
    /// @throws SpoolException when it is not kept
    public Optional<Reply> accept(Letter letter, Runnable kept) throws SpoolException {
        var now = inForce;
        return accept(now, letter, parts(now, letter), kept);
    }

    /// The same for a letter that is not to leave: it is captured.
    public Optional<Reply> acceptInSandbox(Letter letter, Runnable kept) throws SpoolException {
        var now = inForce;
        return accept(now, letter, Map.of(now.rules().routes().sandbox(), letter), kept);
    }

    private Optional<Reply> accept(InForce now, Letter letter, Map<RouteId, Letter> parts, Runnable kept)
            throws SpoolException {
        try {
            if (parts.size() > 1) {
                keepParts(now, letter, parts, kept);
                return Optional.empty();
            }
            var runner = now.runner(parts.keySet().iterator().next());
            return switch (now.rules().acceptance()) {
                case Acceptance.Spool() -> {
                    runner.keep(letter, kept);
                    yield Optional.empty();
                }
                case Acceptance.PassThrough(var timeout) -> pass(runner, letter, kept, timeout);
            };
        } finally {
            rerouteIfGone(parts.keySet());
        }
    }

    /// The letter for each of the routes that its recipients need; the first part keeps its id.
    private Map<RouteId, Letter> parts(InForce now, Letter letter) {
        var byRoute = now.rules().routes().byRoute(Addressed.of(letter));
        var parts = new LinkedHashMap<RouteId, Letter>();
        byRoute.forEach((route, recipients) -> parts.put(
                route, parts.isEmpty() ? letter.to(letter.id(), recipients) : letter.to(queueIds.next(), recipients)));
        return parts;
    }

    private void keepParts(InForce now, Letter letter, Map<RouteId, Letter> parts, Runnable kept) throws SpoolException {
        spool.acceptWaiting(parts);
        kept.run();
        journal.record(new MailEvent.Split(
                letter.id().text(), parts.values().stream().map(part -> part.id().text()).toList()));
        parts.keySet().forEach(route -> now.runner(route).wake());
    }

    private Optional<Reply> pass(QueueRunner runner, Letter letter, Runnable kept, Duration timeout) throws SpoolException {
        var app = new WaitingApp();
        apps.add(app);
        try {
            var isTried = runner.keep(letter, kept, app);
            return isTried && !isLettingGo ? app.await(timeout) : app.await(Duration.ZERO);
        } finally {
            apps.remove(app);
        }
    }

    /// Keeps a letter of our own, and waits for no attempt.
    ///
    /// @throws SpoolException when it is not kept
    public void keep(Letter ours) throws SpoolException {
        var now = inForce;
        var route = now.rules().routes().choose(Addressed.of(ours));
        now.runner(route).keep(ours, () -> {});
        rerouteIfGone(Set.of(route));
    }

    /// A route may have gone while a letter was kept for it.
    private void rerouteIfGone(Set<RouteId> routes) {
        if (!inForce.runners().keySet().containsAll(routes)) {
            reroute();
        }
    }

    /// Finds letters that wait for a route which the configuration doesn't have any more, and chooses again for them; to be
    /// called now and then, as another node may have left some.
    public void reroute() {
        try {
            for (var route : spool.routes()) {
                if (!inForce.runners().containsKey(route)) {
                    reroute(route);
                }
            }
        } catch (SpoolException e) {
            switch (e.remedy()) {
                case STORAGE -> journal.record(new MailEvent.SpoolTrouble(e.report()));
                case PATIENCE -> LOG.debug("the spool can't be had: {}", e.getMessage());
            }
        }
    }

    private void reroute(RouteId gone) throws SpoolException {
        var letters = 0L;
        var moved = REROUTE_LIMIT;
        while (moved == REROUTE_LIMIT && !isLettingGo) {
            moved = spool.reroute(gone, REROUTE_LIMIT, inForce.rules().routes()::choose);
            letters += moved;
            wake();
        }
        if (letters > 0) {
            LOG.info("{} letters waited for \"{}\", which is no route any more, and go by another", letters, gone);
        }
    }

    /// Whether every queue is looked after, or has been closed.
    public boolean areServed() {
        return inForce.runners().values().stream().allMatch(QueueRunner::isServed);
    }

    /// The wall clock was set back: what waits is due earlier by as much, or it would wait for longer than the schedule
    /// says.
    ///
    /// @param by how far, positive
    /// @throws SpoolException when that can't be written; then some of it may be
    public void bringForward(Duration by) throws SpoolException {
        spool.bringForward(clocks.wall().instant(), by);
        wake();
    }

    /// Makes every queue be looked at now.
    public void wake() {
        inForce.runners().values().forEach(QueueRunner::wake);
    }

    /// Lets apps go that wait for a first attempt, now and from now on: their letters are on disk.
    public void letGo() {
        isLettingGo = true;
        apps.forEach(WaitingApp::letGo);
    }

    /// Claims nothing more and waits for the attempts under way.
    @Override
    public synchronized void close() {
        isClosed = true;
        leaving.forEach(Thread::interrupt);
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            inForce.runners().values().forEach(runner -> closing.execute(runner::close));
        }
        for (var thread : leaving) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
