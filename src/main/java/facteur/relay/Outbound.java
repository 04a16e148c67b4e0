package facteur.relay;

import facteur.admin.WakeResult;
import facteur.delivery.DeliveryRules;
import facteur.delivery.Queues;
import facteur.delivery.Reporter;
import facteur.delivery.Verdicts;
import facteur.journal.Journal;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.QueueIds;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.smtp.HeaderEncoding;
import facteur.office.OfficeId;
import facteur.platform.clock.Clocks;
import facteur.route.Hop;
import facteur.route.OpenRoutes;
import facteur.route.RouteOpener;
import facteur.spool.Spool;
import facteur.upstream.Jitter;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Upstream;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The way out, assembled: upstreams, the routes over them, and the queues in front. A reload replaces upstreams, routes and
/// rules; attempts in progress end at the upstream they began with.
///
/// Thread-safe.
final class Outbound implements AutoCloseable {
    private final Signer signer;
    private final QueueIds queueIds;
    private final Clocks clocks;
    private final Jitter jitter;
    private final Supplier<ReturnKeys> keys;
    private final RouteOpener opener;
    private final Queues queues;
    private volatile OpenRoutes routes;

    /// Connects to nothing yet.
    ///
    /// @param form converts letters that an upstream can't carry as they are
    /// @param keys of return addresses
    /// @param observe wraps each upstream with an observer
    Outbound(
            Config config,
            Spool spool,
            Signer signer,
            SevenBitForm form,
            QueueIds queueIds,
            Journal journal,
            Clocks clocks,
            Supplier<ReturnKeys> keys,
            UnaryOperator<Upstream> observe) {
        this.keys = keys;
        this.signer = signer;
        this.queueIds = queueIds;
        this.clocks = clocks;
        var random = new SecureRandom();
        jitter = Jitter.of(random);
        opener = new RouteOpener(jitter, form, journal, clocks.steady(), random, observe);
        routes = opener.open(config.outbound().routes());
        queues = new Queues(spool, queueIds, journal, clocks, rules(config, routes));
    }

    private DeliveryRules rules(Config config, OpenRoutes open) {
        var writer = new DsnWriter(config.hostname(), config.sharedAddress().asciiDomain(), config.outbound().language());
        var reporter = new Reporter(writer, signer, queueIds, config.outbound().reportReversePath());
        var verdicts = new Verdicts(config.outbound().retry(), jitter, reporter, clocks);
        return new DeliveryRules(open.routes(), verdicts, config.outbound().delivery(), config.outbound().acceptance(),
                config.returns().map(returns -> new ReturnAddresses(returns.domains(), keys)));
    }

    Queues queues() {
        return queues;
    }

    void start() {
        queues.start();
    }

    synchronized void apply(Config config) {
        var before = routes;
        var next = opener.open(config.outbound().routes(), before);
        if (queues.apply(rules(config, next))) {
            routes = next;
            before.closeAllBut(next);
        }
    }

    /// Every upstream once.
    List<Hop> hops() {
        return routes.hops();
    }

    /// Ends the pause of an upstream that is down.
    WakeResult wake(String name) {
        var named = hops().stream().filter(hop -> hop.name().equals(name)).findFirst();
        if (named.isEmpty()) {
            return new WakeResult.Unknown(name, hops().stream().map(Hop::name).toList());
        }
        if (named.get().breaker().wake()) {
            queues.wake();
            return new WakeResult.Awake(name);
        }
        return named.get().upstream().restsUntil()
                .filter(clocks.steady().instant()::isBefore)
                .<WakeResult>map(until -> new WakeResult.Capped(name, clocks.steady().onWall(until)))
                .orElseGet(() -> new WakeResult.Up(name));
    }

    /// What the header of an office's letter may hold on every route that may match.
    HeaderEncoding encoding(OfficeId office) {
        return routes.routes().encoding(office.text());
    }

    /// Closes idle connections to upstreams; to be called every few seconds.
    void reap() {
        routes.reap();
    }

    /// Upstreams first: attempts that only wait for a connection end at once, and the queues wait for the others.
    @Override
    public synchronized void close() {
        routes.close();
        queues.close();
    }
}
