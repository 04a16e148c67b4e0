package facteur.spool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// Watches the rows in which other nodes say, again and again, that they are alive, and finds those that have fallen silent.
///
/// A row is judged by whether it *changes* while this node looks, never by the time that is written in it: after an outage
/// every row is old, because no node could renew its own, and all of them live. So a node is silent only when this one has
/// seen the same row, look after look, for a whole lease. When it couldn't look for a while (it had no database, or stood still)
/// it hasn't watched, and begins with every row from the start.
///
/// Time is this process's own monotonic clock. One thread at a time.
final class NodeWatch {
    /// A row as it was read.
    ///
    /// @param mark changes whenever its node says that it is alive
    /// @param leaseLeft of what its node counts on, by the database's clock
    record Row(String owner, long mark, Duration leaseLeft) {}

    /// The longest wait for a node, even if its row was written by a wrong clock.
    static final Duration LONGEST_LEASE = Duration.ofHours(1);

    private record Watched(long mark, long sinceNanos, long leaseNanos) {}

    private final long leaseNanos;
    private final long longestGapNanos;
    private final LongSupplier nanos;
    private final Map<String, Watched> watched = new HashMap<>();
    private long lookedAt;

    /// @param longestGap between two looks; when it was longer, the watch begins from the start
    NodeWatch(Duration lease, Duration longestGap, LongSupplier nanos) {
        this.leaseNanos = lease.toNanos();
        this.longestGapNanos = longestGap.toNanos();
        this.nanos = nanos;
        this.lookedAt = nanos.getAsLong();
    }

    /// Notes what has changed since the last look.
    ///
    /// @param rows all of other nodes, just read
    /// @return those that have been silent for as long as this node's lease, and their own
    List<Row> look(List<Row> rows) {
        var now = nanos.getAsLong();
        if (now - lookedAt > longestGapNanos) {
            watched.clear();
        }
        lookedAt = now;
        watched.keySet().retainAll(rows.stream().map(Row::owner).toList());
        var silent = new ArrayList<Row>();
        for (var row : rows) {
            var before = watched.get(row.owner());
            if (before == null || before.mark() != row.mark()) {
                watched.put(row.owner(), new Watched(row.mark(), now, longest(row.leaseLeft())));
            } else if (now - before.sinceNanos() >= before.leaseNanos()) {
                silent.add(row);
            }
        }
        return silent;
    }

    /// What is left of the other's lease when its row is first seen ends with that lease, however late it was seen.
    private long longest(Duration leaseLeft) {
        var left = leaseLeft.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : leaseLeft;
        return Math.max(leaseNanos, left.toNanos());
    }
}
