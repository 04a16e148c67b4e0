package facteur.delivery;

import facteur.journal.Journal;
import facteur.mail.letter.RouteId;
import facteur.route.Routes;
import facteur.spool.Spool;
import facteur.spool.SpoolException;
import facteur.spool.WaitingLetter;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses another route for letters that wait for one which the configuration no longer has: reads a few, decides, and
/// writes on condition that they still wait. Thread-safe; blocks.
final class Rerouter {
    private static final Logger LOG = LoggerFactory.getLogger(Rerouter.class);
    /// In one transaction, which others wait for.
    private static final int LIMIT = 100;

    private final Spool spool;
    private final Journal journal;

    Rerouter(Spool spool, Journal journal) {
        this.spool = spool;
        this.journal = journal;
    }

    /// @param routes those in force, asked again per transaction; empty when it is time to stop
    /// @param moved runs after each transaction that has moved letters
    void reroute(Supplier<Optional<Routes>> routes, Runnable moved) {
        try {
            for (var route : spool.routes()) {
                reroute(route, routes, moved);
            }
        } catch (SpoolException e) {
            SpoolWriter.report(e, journal);
        }
    }

    private void reroute(RouteId from, Supplier<Optional<Routes>> routes, Runnable moved) throws SpoolException {
        var total = 0L;
        for (var now = routes.get(); now.filter(known -> isRemoved(from, known)).isPresent(); now = routes.get()) {
            var letters = move(from, now.get());
            if (letters == 0) {
                break;
            }
            moved.run();
            total += letters;
        }
        if (total > 0) {
            LOG.info("moved {} letters from removed route \"{}\"", total, from);
        }
    }

    /// What was moved, held or claimed since it was read stays as it is.
    private int move(RouteId from, Routes routes) throws SpoolException {
        var letters = spool.waiting(from, LIMIT).stream()
                .map(letter -> new WaitingLetter.Rerouted(letter, routes.choose(letter.addressed())))
                .toList();
        return letters.isEmpty() ? 0 : spool.reroute(from, letters);
    }

    private static boolean isRemoved(RouteId id, Routes routes) {
        return routes.all().stream().noneMatch(route -> route.id().equals(id));
    }
}
