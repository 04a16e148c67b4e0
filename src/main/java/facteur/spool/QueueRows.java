package facteur.spool;

import facteur.database.Dialect;
import facteur.database.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The table `queue`: where each letter that has not ended stands. Immutable; each method is part of a transaction of
/// its caller's.
final class QueueRows {
    private static final String INSERT =
            """
            insert into queue (letter_id, state, due_at, attempts, lease_owner, lease_epoch, hold_reason)
            values (?, ?, ?, 0, ?, ?, '')""";
    private static final String EARLIEST =
            "select due_at from queue where state = 'deferred' order by due_at, letter_id limit 1";
    private static final String HELD_BY = " where letter_id = ? and state = 'active' and lease_owner = ? and lease_epoch = ?";
    private static final String DEFER =
            "update queue set state = 'deferred', due_at = ?, attempts = attempts + 1, lease_owner = ''" + HELD_BY;
    private static final String HOLD =
            "update queue set state = 'hold', hold_reason = ?, attempts = attempts + ?, lease_owner = ''" + HELD_BY;
    private static final String RELEASE = "update queue set state = 'deferred', due_at = ?, lease_owner = ''" + HELD_BY;
    private static final String END = "delete from queue" + HELD_BY;
    private static final String TAKE_BACK =
            "update queue set state = 'deferred', due_at = ?, lease_owner = '' where state = 'active'";

    private final String claim;

    QueueRows(Dialect dialect) {
        claim =
                """
                with due as materialized (
                    select letter_id from queue
                    where state = 'deferred' and due_at <= ? order by due_at, letter_id limit ?%s)
                update queue set state = 'active', lease_owner = ?, lease_epoch = lease_epoch + 1
                where letter_id in (select letter_id from due)
                returning letter_id, due_at, attempts, lease_epoch"""
                        .formatted(dialect.skipLocked());
    }

    /// A letter that is leased but not yet read.
    ///
    /// @param letterId as the row has it, which a damaged one has wrong
    record Claimed(String letterId, long dueAtMillis, int attempts, Lease lease) {}

    void insertActive(Statements statements, QueueId id, Instant now, Lease lease) throws SQLException {
        statements.update(INSERT, id.text(), "active", now.toEpochMilli(), lease.owner(), lease.epoch());
    }

    void insertDeferred(Statements statements, QueueId id, Instant dueAt) throws SQLException {
        statements.update(INSERT, id.text(), "deferred", dueAt.toEpochMilli(), "", 0L);
    }

    Optional<Instant> earliest(Statements statements) throws SQLException {
        return statements.first(EARLIEST, row -> Instant.ofEpochMilli(row.getLong(1)));
    }

    /// Leases what is due, the longest overdue first.
    List<Claimed> claim(Statements statements, String owner, Instant now, int limit) throws SQLException {
        var claimed = statements.list(
                claim,
                row -> new Claimed(
                        row.getString(1), row.getLong(2), row.getInt(3), new Lease(owner, row.getLong(4))),
                now.toEpochMilli(),
                limit,
                owner);
        // RETURNING promises no order.
        claimed.sort(Comparator.comparingLong(Claimed::dueAtMillis).thenComparing(Claimed::letterId));
        return claimed;
    }

    /// @return whether the lease was still held; nothing is written otherwise. So do the others.
    boolean defer(Statements statements, QueueId id, Lease lease, Instant dueAt) throws SQLException {
        return statements.update(DEFER, dueAt.toEpochMilli(), id.text(), lease.owner(), lease.epoch()) == 1;
    }

    boolean hold(Statements statements, QueueId id, Lease lease, String reason) throws SQLException {
        return statements.update(HOLD, reason, 1, id.text(), lease.owner(), lease.epoch()) == 1;
    }

    /// Sets a letter aside that could not be read, without an attempt.
    boolean holdUnread(Statements statements, Claimed letter, String reason) throws SQLException {
        var lease = letter.lease();
        return statements.update(HOLD, reason, 0, letter.letterId(), lease.owner(), lease.epoch()) == 1;
    }

    boolean release(Statements statements, String letterId, Lease lease, Instant now) throws SQLException {
        return statements.update(RELEASE, now.toEpochMilli(), letterId, lease.owner(), lease.epoch()) == 1;
    }

    boolean end(Statements statements, QueueId id, Lease lease) throws SQLException {
        return statements.update(END, id.text(), lease.owner(), lease.epoch()) == 1;
    }

    /// Takes every lease back: their owners are gone.
    int takeBack(Statements statements, Instant now) throws SQLException {
        return statements.update(TAKE_BACK, now.toEpochMilli());
    }
}
