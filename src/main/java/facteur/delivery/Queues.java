package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.bounce.Dsn;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.smtp.Reply;
import facteur.platform.clock.Clocks;
import facteur.route.Route;
import facteur.spool.KnownLetterException;
import facteur.spool.LetterKey;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Stores new letters, each for its route, and delivers them: a [QueueRunner] per route, so that none waits for the upstream
/// of another. Long, since all that it does needs the runners of one moment. Thread-safe.
public final class Queues implements AutoCloseable {
    /// @param runners one per route
    private record Current(DeliveryRules rules, Map<RouteId, QueueRunner> runners) {
        QueueRunner runner(RouteId route) {
            return Optional.ofNullable(runners.get(route))
                    .orElseThrow(() -> new IllegalArgumentException("no such route: " + route));
        }
    }

    /// How long a refusal may take to be written before the app gets it all the same.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final DeliveryContext context;
    private final QueueIds queueIds;
    private final Rerouter rerouter;
    private final Duration grace;
    private final Set<WaitingApp> apps = ConcurrentHashMap.newKeySet();
    /// Each waits for the last attempts of a removed route.
    private final Set<Thread> finishing = ConcurrentHashMap.newKeySet();
    private volatile Current current;
    private volatile boolean areAppsReleased;
    private boolean isStarted;
    private boolean isClosed;

    public Queues(Spool spool, QueueIds queueIds, Journal journal, Clocks clocks, DeliveryRules rules) {
        this(spool, queueIds, journal, clocks, DeliveryContext.AttemptThreads::startVirtual, GRACE, rules);
    }

    Queues(
            Spool spool,
            QueueIds queueIds,
            Journal journal,
            Clocks clocks,
            DeliveryContext.AttemptThreads threads,
            Duration grace,
            DeliveryRules rules) {
        this.queueIds = queueIds;
        this.grace = grace;
        context = new DeliveryContext(
                spool, journal, clocks, new HandOverMemory(rules.limits().handOverBytes()), threads, this::enqueue);
        rerouter = new Rerouter(spool, journal);
        current = new Current(rules, runners(rules, Map.of()));
    }

    /// In the order of the routes.
    ///
    /// @param before those that go on, when their route is still there
    private Map<RouteId, QueueRunner> runners(DeliveryRules rules, Map<RouteId, QueueRunner> before) {
        var runners = new LinkedHashMap<RouteId, QueueRunner>();
        for (Route route : rules.routes().all()) {
            var same = Optional.ofNullable(before.get(route.id()));
            same.ifPresent(runner -> runner.apply(route, rules));
            runners.put(route.id(), same.orElseGet(() -> new QueueRunner(context, route, rules)));
        }
        return Collections.unmodifiableMap(runners);
    }

    public synchronized void start() {
        isStarted = true;
        current.runners().values().forEach(QueueRunner::start);
    }

    /// Applies new rules. Running attempts end by the old ones. Letters that wait for a removed route get another: at once, or
    /// when their last attempt has ended.
    ///
    /// @return false when it is closed: then nothing has changed
    public synchronized boolean apply(DeliveryRules rules) {
        if (isClosed) {
            return false;
        }
        context.memory().resize(rules.limits().handOverBytes());
        var before = current.runners();
        var after = runners(rules, before);
        current = new Current(rules, after);
        if (isStarted) {
            after.values().stream().filter(runner -> !before.containsValue(runner)).forEach(QueueRunner::start);
        }
        before.values().stream().filter(runner -> !after.containsValue(runner)).forEach(this::finish);
        return true;
    }

    private void finish(QueueRunner runner) {
        var thread = Thread.ofVirtual().name("finishing").unstarted(() -> {
            reroute();
            try {
                runner.finish();
            } catch (InterruptedException stopping) {
                runner.close();
            }
            finishing.remove(Thread.currentThread());
            reroute();
        });
        finishing.add(thread);
        thread.start();
    }

    /// Stores a letter. Nothing else happens to it before [StoredLetter#deliver], unless it waits for its turn.
    ///
    /// @param key that it is known by
    /// @param failed recipients that will never get it, for the report to its app; the letter has them no longer. The report is stored
    ///         in the same commit, so a letter that is known is reported on once
    /// @throws KnownLetterException when an earlier letter has its name
    /// @throws SpoolException when it is not stored
    public StoredLetter store(Letter letter, Optional<LetterKey> key, List<Dsn.ReportedRecipient> failed) throws SpoolException {
        var now = current;
        if (failed.isEmpty()) {
            return store(now, letter, key, Map.of(), now.rules().acceptance());
        }
        var events = new ArrayList<MailEvent>();
        var reports = now.rules().verdicts().report(letter, failed, events)
                .map(report -> LetterParts.of(report, now.rules(), queueIds))
                .orElse(Map.of());
        var stored = store(now, letter, key, reports, now.rules().acceptance());
        return () -> {
            events.forEach(event -> context.journal().record(event, letter.persons()));
            reports.keySet().forEach(route -> now.runner(route).wake());
            rerouteIfRemoved(reports.keySet());
            return stored.deliver();
        };
    }

    /// The same for a letter without a name, of which all recipients may get it.
    public StoredLetter store(Letter letter) throws SpoolException {
        return store(letter, Optional.empty(), List.of());
    }

    /// The same for a letter of an office in the sandbox: it is captured.
    public StoredLetter storeForSandbox(Letter letter, Optional<LetterKey> key) throws SpoolException {
        var now = current;
        return store(now, now.rules().routes().sandbox(), letter, key, Map.of(), now.rules().acceptance());
    }

    /// Whether an earlier letter has that name.
    public boolean isKnown(LetterKey key, Instant now) throws SpoolException {
        return context.spool().isKnown(key, now);
    }

    /// By when the app of a letter that was accepted then has its answer, even if the first attempt goes on; empty where no app waits
    /// for that, or none waits any more.
    public Optional<Instant> answeredBy(Instant acceptedAt) {
        return switch (current.rules().acceptance()) {
            case ReplyTiming.PassThrough(var timeout) when !areAppsReleased -> Optional.of(acceptedAt.plus(timeout).plus(grace));
            case ReplyTiming.PassThrough _, ReplyTiming.Spool() -> Optional.empty();
        };
    }

    private StoredLetter store(
            Current now, Letter letter, Optional<LetterKey> key, Map<RouteId, Letter> reports, ReplyTiming timing) throws SpoolException {
        var parts = LetterParts.of(letter, now.rules(), queueIds);
        return parts.size() > 1
                ? storeParts(now, letter, parts, key, reports)
                : store(now, parts.keySet().iterator().next(), letter, key, reports, timing);
    }

    private StoredLetter storeParts(
            Current now, Letter letter, Map<RouteId, Letter> parts, Optional<LetterKey> key, Map<RouteId, Letter> reports)
            throws SpoolException {
        context.spool().acceptWaiting(parts, key, reports);
        return () -> {
            context.journal().record(new MailEvent.Split(
                    letter.id().text(), parts.values().stream().map(part -> part.id().text()).toList()));
            parts.keySet().forEach(route -> now.runner(route).wake());
            rerouteIfRemoved(parts.keySet());
            return Optional.empty();
        };
    }

    private StoredLetter store(
            Current now, RouteId route, Letter letter, Optional<LetterKey> key, Map<RouteId, Letter> reports, ReplyTiming timing)
            throws SpoolException {
        var runner = now.runner(route);
        var placed = runner.store(letter, key, reports);
        return () -> {
            try {
                return switch (timing) {
                    case ReplyTiming.Spool() -> {
                        var _ = runner.deliver(placed);
                        yield Optional.empty();
                    }
                    case ReplyTiming.PassThrough(var timeout) -> passThrough(runner, placed, timeout);
                };
            } finally {
                rerouteIfRemoved(Set.of(route));
            }
        };
    }

    private Optional<Reply> passThrough(QueueRunner runner, QueueRunner.Placed placed, Duration timeout) {
        var app = new WaitingApp(grace);
        apps.add(app);
        try {
            var isTried = runner.deliver(placed, app);
            return isTried && !areAppsReleased ? app.await(timeout) : app.await(Duration.ZERO);
        } finally {
            apps.remove(app);
        }
    }

    /// Stores a letter that no app waits for: its delivery only begins with [StoredLetter#deliver], even where apps wait for it. Its
    /// recipients may need several routes.
    ///
    /// @throws SpoolException when it is not stored
    public StoredLetter storeForOurselves(Letter letter) throws SpoolException {
        return store(current, letter, Optional.empty(), Map.of(), new ReplyTiming.Spool());
    }

    /// Stores a letter of our own and delivers it, without waiting for an attempt.
    ///
    /// @throws SpoolException when it is not stored
    public void enqueue(Letter ours) throws SpoolException {
        var _ = storeForOurselves(ours).deliver();
    }

    /// A route may have been removed while a letter was stored for it.
    private void rerouteIfRemoved(Set<RouteId> routes) {
        if (!current.runners().keySet().containsAll(routes)) {
            reroute();
        }
    }

    /// Finds letters that wait for a route which the configuration no longer has, and chooses another for them. To be called
    /// every minute or so, as another node may have left some.
    public void reroute() {
        rerouter.reroute(() -> areAppsReleased ? Optional.empty() : Optional.of(current.rules().routes()), this::wake);
    }

    /// Whether every queue has a running loop, or has been closed.
    public boolean areServed() {
        return current.runners().values().stream().allMatch(QueueRunner::isServed);
    }

    /// The wall clock was set back: what waits is due earlier by as much, or it would wait for longer than the schedule
    /// says.
    ///
    /// @param by how far, positive
    /// @throws SpoolException when that can't be written; then some of it may be
    public void bringForward(Duration by) throws SpoolException {
        context.spool().bringForward(context.clocks().wall().instant(), by);
        wake();
    }

    /// Makes every queue be looked at now.
    public void wake() {
        current.runners().values().forEach(QueueRunner::wake);
    }

    /// Goes through every queue once, on the caller's thread.
    void pass() throws SpoolException {
        for (var runner : current.runners().values()) {
            runner.pass();
        }
    }

    /// Apps no longer wait for a first attempt, from now on: their letters are on disk.
    public void releaseApps() {
        areAppsReleased = true;
        apps.forEach(WaitingApp::release);
    }

    /// Claims nothing more and waits for the running attempts.
    @Override
    public synchronized void close() {
        isClosed = true;
        finishing.forEach(Thread::interrupt);
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            current.runners().values().forEach(runner -> closing.execute(runner::close));
        }
        for (var thread : finishing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
