package facteur.console;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.admin.Status;
import facteur.admin.WakeResult;
import facteur.platform.database.Database;
import facteur.spool.Nodes;
import facteur.spool.QueueCensus;
import facteur.spool.QueueDesk;
import facteur.spool.QueueMoves;
import facteur.spool.SpoolException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A relay of which only the queue is real. For one thread.
final class TestOperations implements Operations, AutoCloseable {
    static final Instant STARTED = Instant.parse("2026-11-01T08:00:00Z");

    final List<Hop> hops = new ArrayList<>();
    final List<String> unready = new ArrayList<>();
    WakeResult wake = new WakeResult.Up("out");
    private final Database database;
    private final InstantSource time;
    private final QueueDesk queue;
    private final QueueMoves moves;

    TestOperations(Database database, Path state, InstantSource time) {
        this.database = database;
        this.time = time;
        queue = new QueueDesk(database, state, time);
        moves = new QueueMoves(database, state, time);
    }

    @Override
    public Status status() {
        return new Status(
                "1.2.3",
                STARTED,
                time.instant(),
                unready,
                List.of(new Status.ListenerState("127.0.0.1:2525", "apps", "starttls", 3)),
                hops.stream().map(Hop::state).toList(),
                counted(),
                Map.of(),
                List.of(),
                List.of(),
                Map.of("degraded", 1L),
                new Status.LockedOut(0, List.of()),
                Optional.of(time.instant().plusSeconds(86_400 * 30)),
                Optional.empty());
    }

    private Optional<QueueCensus.Counted> counted() {
        try {
            return Optional.of(new QueueCensus.Counted(time.instant(), queue.counts()));
        } catch (SpoolException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Nodes.Node> nodes() throws SQLException {
        return Nodes.list(database);
    }

    @Override
    public QueueDesk queue() {
        return queue;
    }

    @Override
    public QueueMoves moves() {
        return moves;
    }

    @Override
    public List<Hop> upstreams() {
        return hops;
    }

    @Override
    public WakeResult wake(String upstream) {
        return wake;
    }

    @Override
    public Set<String> trustedDomains() {
        return Set.of("trusted.example");
    }

    @Override
    public void close() {
        moves.close();
    }

    @Override
    public List<Act> acts(Optional<Instant> since, int limit) throws SQLException {
        return new Acts(database, time).latest(since, limit);
    }
}
