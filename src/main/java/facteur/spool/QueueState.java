package facteur.spool;

import java.time.Instant;

/// Where a letter stands in the queue. The normal path: Active when it is accepted and handed over in memory, Ended when
/// the upstream has accepted it. Otherwise Active → Deferred → Active …, until it ends or is put on Hold.
public sealed interface QueueState {
    /// It is being delivered. A lease whose owner has ended counts for nothing: the next start takes it back, or
    /// another node.
    record Active(Lease lease) implements QueueState {}

    /// Waits until `dueAt`.
    record Deferred(Instant dueAt) implements QueueState {}

    /// Waits for an operator.
    record Held(String reason) implements QueueState {}

    /// Every recipient is relayed or failed; the body is deleted, the row stays.
    record Ended(Instant endedAt) implements QueueState {}
}
