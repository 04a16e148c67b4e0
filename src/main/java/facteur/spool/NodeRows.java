package facteur.spool;

import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The table `node`, and the leases in `queue` as far as their owners go. All times are the database's own. Each method
/// is part of a transaction of its caller's.
final class NodeRows {
    /// Between a node and its run, in an owner.
    static final String SEPARATOR = "/";

    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
    private static final String RENEW =
            "insert into node (owner, alive_until) values (?, " + NOW + " + ?)"
                    + " on conflict (owner) do update set alive_until = excluded.alive_until";
    private static final String REMOVE_RUNS = "delete from node where owner like ?";
    private static final String OTHERS = "select owner, alive_until, alive_until - " + NOW + " from node where owner <> ?";
    /// A row that is locked is just being renewed, or removed by another node; one that has changed was renewed.
    private static final String REMOVE =
            """
            delete from node where owner in (
                select owner from node where owner = ? and alive_until = ? for update skip locked)""";
    private static final String LEASED_TO =
            "select letter_id, due_at, attempts, lease_epoch, warned_at, turn from queue where state = 'active' and lease_owner = ?";
    private static final String NOBODYS =
            "state = 'active' and not exists (select 1 from node where node.owner = queue.lease_owner)";
    /// Rows that are just being settled are left alone.
    private static final String LOCK_NOBODYS = "select letter_id from queue where " + NOBODYS + " for update skip locked";
    private static final String TAKE_OVER = "update queue set " + QueueRows.WAITS + " where letter_id = ? and " + NOBODYS;
    private static final String OWNER = "select lease_owner from queue where letter_id = ?";

    private NodeRows() {}

    static int renew(Statements statements, String owner, Duration lease) throws SQLException {
        return statements.update(RENEW, owner, lease.toMillis());
    }

    /// Of a node all runs are over.
    static int removeRuns(Statements statements, String node) throws SQLException {
        return statements.update(REMOVE_RUNS, node + SEPARATOR + "%");
    }

    static List<QueueRows.Claimed> leasedTo(Statements statements, String owner) throws SQLException {
        return statements.list(
                LEASED_TO,
                row -> QueueRows.claimed(row, owner),
                owner);
    }

    /// The rows of all nodes but this.
    static List<NodeWatch.Row> others(Statements statements, String owner) throws SQLException {
        return statements.list(
                OTHERS, row -> new NodeWatch.Row(row.getString(1), row.getLong(2), Duration.ofMillis(row.getLong(3))), owner);
    }

    /// Removes nodes that have fallen silent, unless they renew at this very moment, and takes over ([#takeOver]).
    ///
    /// @return also those of them that had no letter leased
    static SortedMap<String, Integer> remove(Statements statements, List<NodeWatch.Row> silent) throws SQLException {
        var removed = new ArrayList<String>();
        for (var row : silent) {
            if (statements.update(REMOVE, row.owner(), row.mark()) == 1) {
                removed.add(node(row.owner()));
            }
        }
        var letters = takeOver(statements);
        removed.forEach(node -> letters.putIfAbsent(node, 0));
        return letters;
    }

    /// Makes due what is leased to runs that aren't listed: it was due before.
    ///
    /// Which rows have no owner is asked twice. The first look, which locks them, judges by the moment it began, but may
    /// lock a row that was settled and leased again since, by a node that is listed since. The second looks after the lock:
    /// no lease changes any more, and a node is listed before it leases ([SharedLeaseKeeper]).
    ///
    /// @return the nodes that had them, with how many letters each
    static SortedMap<String, Integer> takeOver(Statements statements) throws SQLException {
        var letters = new TreeMap<String, Integer>();
        for (var letterId : statements.list(LOCK_NOBODYS, row -> row.getString(1))) {
            var owner = statements.first(OWNER, row -> row.getString(1), letterId).orElseThrow();
            if (statements.update(TAKE_OVER, letterId) == 1) {
                letters.merge(node(owner), 1, Integer::sum);
            }
        }
        return letters;
    }

    private static String node(String owner) {
        var end = owner.lastIndexOf(SEPARATOR);
        return end < 0 ? owner : owner.substring(0, end);
    }
}
