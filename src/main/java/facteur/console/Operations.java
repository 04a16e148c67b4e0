package facteur.console;

import facteur.act.Act;
import facteur.admin.Status;
import facteur.admin.WakeResult;
import facteur.spool.Nodes;
import facteur.spool.QueueDesk;
import facteur.spool.QueueMoves;
import facteur.upstream.UpstreamSettings;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What the operator's pages need of the relay that runs. Thread-safe.
public interface Operations {
    /// An upstream, as it is now.
    ///
    /// @param settings as they are in force
    /// @param open connections; empty when it has none
    /// @param limit how many connections there may be for now; empty when it has none
    record Hop(UpstreamSettings settings, Status.UpstreamState state, OptionalInt open, OptionalInt limit) {
        String name() {
            return settings.name();
        }
    }

    Status status();

    /// Other runs that share the spool, and this one; none where it isn't shared.
    List<Nodes.Node> nodes() throws SQLException;

    /// Only looks: changes go through [#moves].
    QueueDesk queue();

    QueueMoves moves();

    /// In the order of the configuration.
    List<Hop> upstreams();

    /// Ends the pause of an upstream that is down.
    WakeResult wake(String upstream);

    /// Domains that are verified by the operator's word.
    Set<String> trustedDomains();

    /// What operators did, the latest first.
    List<Act> acts(Optional<Instant> since, int limit) throws SQLException;
}
