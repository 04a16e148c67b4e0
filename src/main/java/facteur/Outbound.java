package facteur;

import facteur.bounce.DsnWriter;
import facteur.delivery.Queues;
import facteur.delivery.Reporter;
import facteur.delivery.Verdicts;
import facteur.journal.Journal;
import facteur.smtp.HeaderEncoding;
import facteur.spool.QueueIds;
import facteur.spool.Spool;
import facteur.upstream.Jitter;
import facteur.upstream.OpenRoutes;
import facteur.upstream.Upstream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/// The way out, assembled: upstreams, the routes over them, and the queues before those. Thread-safe.
final class Outbound implements AutoCloseable {
    private final OpenRoutes routes;
    private final Queues queues;

    /// Connects to nothing yet.
    ///
    /// @param watched makes of each upstream one that tells what it does
    Outbound(
            Config config,
            Spool spool,
            QueueIds queueIds,
            Journal journal,
            InstantSource time,
            UnaryOperator<Upstream> watched) {
        var random = new SecureRandom();
        var jitter = Jitter.of(random);
        routes = config.routes().open(jitter, journal, time, random, watched);
        var reporter = new Reporter(new DsnWriter(config.hostname(), config.language()), queueIds);
        var verdicts = new Verdicts(config.retry(), jitter, reporter, time);
        queues = new Queues(
                spool, routes.routes(), verdicts, queueIds, journal, time, config.delivery(), config.acceptance());
    }

    Queues queues() {
        return queues;
    }

    void start() {
        queues.start();
    }

    List<Upstream> upstreams() {
        return routes.upstreams();
    }

    /// What the header of an office's letter may hold, whichever way it goes.
    HeaderEncoding encoding(String office) {
        return routes.routes().encoding(office);
    }

    /// Closes connections that have been idle for too long; to be called every few seconds.
    void reap() {
        routes.reap();
    }

    /// The upstreams before the queues wait for their attempts: those that only wait for their turn needn't.
    @Override
    public void close() {
        routes.close();
        queues.close();
    }
}
