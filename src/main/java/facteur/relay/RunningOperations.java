package facteur.relay;

import facteur.act.Act;
import facteur.act.Acts;
import facteur.admin.Status;
import facteur.admin.WakeResult;
import facteur.console.Operations;
import facteur.platform.database.Database;
import facteur.spool.Nodes;
import facteur.spool.QueueDesk;
import facteur.spool.QueueMoves;
import facteur.upstream.Upstream;
import facteur.upstream.UpstreamSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the operator's pages ask of a daemon that has started. Thread-safe.
final class RunningOperations implements Operations, AutoCloseable {
    private final RunningControl control;
    private final CurrentConfig current;
    private final Database database;
    private final QueueDesk queue;
    private final QueueMoves moves;
    private final Acts acts;

    RunningOperations(RunningControl control, CurrentConfig current, Database database, InstantSource time) {
        this.control = control;
        this.current = current;
        this.database = database;
        var state = state(current);
        queue = new QueueDesk(database, state, time);
        acts = new Acts(database, time);
        moves = new QueueMoves(database, state, time);
    }

    private static Path state(CurrentConfig current) {
        return current.get().state();
    }

    @Override
    public Status status() {
        return control.status();
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

    /// One that a reload is about to change is there the next time.
    @Override
    public List<Hop> upstreams() {
        var states = control.status().upstreams().stream().collect(Collectors.toMap(Status.UpstreamState::name, state -> state));
        var live = control.outbound().hops().stream().collect(Collectors.toMap(facteur.route.Hop::name, hop -> hop.upstream()));
        return current.get().outbound().routes().upstreams().stream()
                .flatMap(upstream -> hop(upstream.settings(), states.get(upstream.name()), live.get(upstream.name())).stream())
                .toList();
    }

    private static Optional<Hop> hop(UpstreamSettings settings, Status.@Nullable UpstreamState state, @Nullable Upstream live) {
        return state == null || live == null
                ? Optional.empty()
                : Optional.of(new Hop(settings, state, live.connections(), live.connectionLimit()));
    }

    @Override
    public List<Act> acts(Optional<Instant> since, int limit) throws SQLException {
        return acts.latest(since, limit);
    }

    @Override
    public WakeResult wake(String upstream) {
        return control.wake(upstream);
    }

    @Override
    public Set<String> trustedDomains() {
        return current.get().rules().domains().trusted();
    }

    @Override
    public void close() {
        moves.close();
    }
}
