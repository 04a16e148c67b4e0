package facteur.spool;

import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.RouteId;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Puts new letters into the queue: leased to the caller, or waiting for their turn. Thread-safe.
final class Enqueuer {
    private final NewLetters newLetters;
    private final QueueRows queue;
    private final LeaseKeeper leaseKeeper;
    private final ActiveLeases leases;
    private final FairQueue fairQueue;
    private final Bodies bodies;
    private final InstantSource time;

    Enqueuer(
            NewLetters newLetters,
            QueueRows queue,
            LeaseKeeper leaseKeeper,
            ActiveLeases leases,
            FairQueue fairQueue,
            Bodies bodies,
            InstantSource time) {
        this.newLetters = newLetters;
        this.queue = queue;
        this.leaseKeeper = leaseKeeper;
        this.leases = leases;
        this.fairQueue = fairQueue;
        this.bodies = bodies;
        this.time = time;
    }

    /// As [Spool#acceptActive].
    LeasedLetter acceptActive(RouteId route, Letter letter, Optional<LetterKey> key, Map<RouteId, Letter> reports)
            throws SpoolException {
        leaseKeeper.refresh();
        var lease = new Lease(leaseKeeper.owner(), 1);
        leases.add(letter.id().text(), lease);
        try {
            var row = QueueRows.active(letter.id(), time.instant(), lease, route);
            NewLetters.Enqueue enqueue = (statements, _) -> {
                leaseKeeper.affirm(statements);
                QueueRows.insert(statements, row);
            };
            var stored = newLetters.storeLeased(letter, key, row, enqueue, reports(reports));
            var recipients = letter.envelope().recipients().stream().map(Recipient::pending).toList();
            return new LeasedLetter(stored, lease, 0, Optional.empty(), recipients);
        } catch (SpoolException | RuntimeException failure) {
            leases.remove(letter.id().text(), lease);
            throw failure;
        }
    }

    /// As [Spool#acceptWaiting].
    void acceptWaiting(Map<RouteId, Letter> parts, Optional<LetterKey> key, Map<RouteId, Letter> reports) throws SpoolException {
        newLetters.store(List.copyOf(parts.values()), key, waiting(parts), reports(reports)).forEach(bodies::release);
    }

    private NewLetters.Reports reports(Map<RouteId, Letter> reports) {
        return new NewLetters.Reports(List.copyOf(reports.values()), waiting(reports));
    }

    private NewLetters.Enqueue waiting(Map<RouteId, Letter> letters) {
        var routes = new HashMap<QueueId, RouteId>();
        letters.forEach((route, letter) -> routes.put(letter.id(), route));
        return (statements, letter) -> {
            var route = Objects.requireNonNull(routes.get(letter.id()));
            var turn = fairQueue.next(route, letter.provenance().office().text());
            queue.insertWaiting(statements, letter.id(), time.instant(), route, turn);
        };
    }
}
