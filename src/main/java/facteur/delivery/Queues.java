package facteur.delivery;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.smtp.Reply;
import facteur.spool.Addressed;
import facteur.spool.Letter;
import facteur.spool.QueueIds;
import facteur.spool.RouteId;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import facteur.upstream.Routes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps new letters, each for its route, and delivers them: a [QueueRunner] for each route, so that none waits for the
/// upstream of another. Thread-safe.
public final class Queues implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Queues.class);
    /// In one transaction, which others wait for.
    private static final int REROUTE_LIMIT = 100;

    private final Spool spool;
    private final Routes routes;
    private final QueueIds queueIds;
    private final Journal journal;
    private final Acceptance acceptance;
    private final Map<RouteId, QueueRunner> runners = new HashMap<>();
    private final Set<Waiting> apps = ConcurrentHashMap.newKeySet();
    private volatile boolean isLettingGo;

    public Queues(
            Spool spool,
            Routes routes,
            Verdicts verdicts,
            QueueIds queueIds,
            Journal journal,
            InstantSource time,
            DeliveryLimits limits,
            Acceptance acceptance) {
        this.spool = spool;
        this.routes = routes;
        this.queueIds = queueIds;
        this.journal = journal;
        this.acceptance = acceptance;
        var memory = new HandOverMemory(limits.handOverBytes());
        for (var route : routes.all()) {
            runners.put(route.id(), new QueueRunner(spool, route, verdicts, journal, time, limits, memory, this::keep));
        }
    }

    public void start() {
        runners.values().forEach(QueueRunner::start);
    }

    /// Keeps a letter, and delivers it in time. Returns when it is on disk and, in pass-through, the first attempt is over or
    /// takes too long.
    ///
    /// @param kept runs when it is on disk, before the first attempt
    /// @return the upstream's refusal, when the app waited for it: then nothing is kept, and nobody is told but the app
    /// @throws SpoolException when it is not kept
    public Optional<Reply> accept(Letter letter, Runnable kept) throws SpoolException {
        return accept(letter, parts(letter), kept);
    }

    /// The same for a letter that is not to leave: it is captured.
    public Optional<Reply> acceptInSandbox(Letter letter, Runnable kept) throws SpoolException {
        return accept(letter, Map.of(routes.sandbox(), letter), kept);
    }

    private Optional<Reply> accept(Letter letter, Map<RouteId, Letter> parts, Runnable kept) throws SpoolException {
        if (parts.size() > 1) {
            keepParts(letter, parts, kept);
            return Optional.empty();
        }
        var runner = runner(parts.keySet().iterator().next());
        return switch (acceptance) {
            case Acceptance.Spool() -> {
                runner.keep(letter, kept);
                yield Optional.empty();
            }
            case Acceptance.PassThrough(var timeout) -> pass(runner, letter, kept, timeout);
        };
    }

    /// The letter for each of the routes that its recipients need; the first part keeps its id.
    private Map<RouteId, Letter> parts(Letter letter) {
        var byRoute = routes.byRoute(Addressed.of(letter));
        var parts = new LinkedHashMap<RouteId, Letter>();
        byRoute.forEach((route, recipients) -> parts.put(
                route, parts.isEmpty() ? letter.to(letter.id(), recipients) : letter.to(queueIds.next(), recipients)));
        return parts;
    }

    private void keepParts(Letter letter, Map<RouteId, Letter> parts, Runnable kept) throws SpoolException {
        spool.acceptWaiting(parts);
        kept.run();
        journal.record(new MailEvent.Split(
                letter.id().text(), parts.values().stream().map(part -> part.id().text()).toList()));
        parts.keySet().forEach(route -> runner(route).wake());
    }

    private Optional<Reply> pass(QueueRunner runner, Letter letter, Runnable kept, Duration timeout) throws SpoolException {
        var app = new Waiting();
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
        runner(routes.choose(Addressed.of(ours))).keep(ours, () -> {});
    }

    private QueueRunner runner(RouteId route) {
        return require(runners.get(route), route);
    }

    private static QueueRunner require(@Nullable QueueRunner runner, RouteId route) {
        if (runner == null) {
            throw new IllegalArgumentException("no such route: " + route);
        }
        return runner;
    }

    /// Finds letters that wait for a route which the configuration doesn't have any more, and chooses again for them; to be
    /// called now and then, as another node may have left some.
    public void reroute() {
        try {
            for (var route : spool.routes()) {
                if (!runners.containsKey(route)) {
                    reroute(route);
                }
            }
        } catch (SpoolException e) {
            journal.record(new MailEvent.SpoolTrouble(e.getMessage() + ": " + e.getCause()));
        }
    }

    private void reroute(RouteId gone) throws SpoolException {
        var letters = 0L;
        var moved = REROUTE_LIMIT;
        while (moved == REROUTE_LIMIT && !isLettingGo) {
            moved = spool.reroute(gone, REROUTE_LIMIT, routes::choose);
            letters += moved;
            wake();
        }
        LOG.info("{} letters waited for \"{}\", which is no route any more, and go by another", letters, gone);
    }

    /// Whether every queue is looked after, or has been closed.
    public boolean areServed() {
        return runners.values().stream().allMatch(QueueRunner::isServed);
    }

    /// Makes every queue be looked at now.
    void wake() {
        runners.values().forEach(QueueRunner::wake);
    }

    /// Lets apps go that wait for a first attempt, now and from now on: their letters are on disk.
    public void letGo() {
        isLettingGo = true;
        apps.forEach(Waiting::letGo);
    }

    /// Claims nothing more and waits for the attempts under way.
    @Override
    public void close() {
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            runners.values().forEach(runner -> closing.execute(runner::close));
        }
    }
}
