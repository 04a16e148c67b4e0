package facteur.spool;

import facteur.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

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
    private static final String REMOVE_DEAD = "delete from node where alive_until <= " + NOW;
    private static final String LEASED_TO =
            "select letter_id, due_at, attempts, lease_epoch, warned_at, turn from queue where state = 'active' and lease_owner = ?";
    /// Whose owner isn't listed is nobody's. Rows that somebody is just settling are left to them.
    private static final String TAKE_OVER =
            """
            with left_behind as materialized (
                select letter_id from queue
                where state = 'active' and not exists (select 1 from node where node.owner = queue.lease_owner)
                for update skip locked)
            update queue set %s
            where letter_id in (select letter_id from left_behind)""".formatted(QueueRows.WAITS);

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

    /// Makes due what dead nodes had leased: it was due before.
    static int takeOver(Statements statements) throws SQLException {
        statements.update(REMOVE_DEAD);
        return statements.update(TAKE_OVER);
    }
}
