package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The table `queue`: where each letter that has not ended stands, and every way from one state to another. The daemon moves
/// what it has leased; an operator what is not leased.
///
/// An operator can't interrupt the attempt of an active letter. A hold is noted in `hold_reason`, and takes the place of the
/// next deferral.
///
/// Immutable; each method is part of a transaction of its caller's.
final class QueueRows {
    private static final String INSERT =
            """
            insert into queue (letter_id, state, due_at, attempts, lease_owner, lease_epoch, hold_reason, route, turn)
            values (?, ?, ?, 0, ?, ?, '', ?, ?)""";

    /// Those that were never tried are in the index `queue_turn`, those that are to be tried again in `queue_again`.
    static final String UNTRIED = "state = 'deferred' and turn > 0";
    static final String TRIED = "state = 'deferred' and turn = 0";
    private static final String NEXT_TURN = "select turn from queue where " + UNTRIED + " and route = ? order by turn limit 1";
    private static final String EARLIEST =
            "select due_at from queue where " + TRIED + " and route = ? order by due_at, letter_id limit 1";
    /// Leased still; or taken back, and not leased again since. Then what its holder has to say is newer than anything else. Once
    /// it has been said, the attempt of the lease's number is there, and it isn't said again.
    private static final String HELD_BY =
            " where letter_id = ? and (state = 'active' and lease_owner = ? or state <> 'active' and lease_owner = ''"
                    + " and not exists (select 1 from attempt"
                    + " where attempt.letter_id = queue.letter_id and attempt.number = queue.lease_epoch)) and lease_epoch = ?";
    /// On hold, when an operator wants that.
    static final String WAITS =
            "state = case when hold_reason = '' then 'deferred' else 'hold' end, lease_owner = '', turn = 0";
    private static final String DEFER =
            "update queue set " + WAITS + ", due_at = ?, attempts = attempts + 1" + HELD_BY;
    private static final String HOLD =
            "update queue set state = 'hold', hold_reason = ?, attempts = attempts + ?, lease_owner = ''" + HELD_BY;
    /// Without an attempt, or after one that doesn't count.
    private static final String PUT_OFF = "update queue set " + WAITS + ", due_at = ?" + HELD_BY;
    private static final String KEEP = "update queue set warned_at = warned_at" + HELD_BY;
    private static final String NOTE_WARNING = "update queue set warned_at = ?" + HELD_BY;
    private static final String END = "delete from queue" + HELD_BY;
    private static final String TAKE_BACK =
            "update queue set " + WAITS + ", due_at = ? where state = 'active'";

    private static final String BY_OPERATOR = "by operator";
    private static final String STANDING = "select state from queue where letter_id = ?";
    private static final String HOLD_WAITING =
            "update queue set state = 'hold', hold_reason = ? where letter_id = ? and state = 'deferred'";
    private static final String HOLD_LATER = "update queue set hold_reason = ? where letter_id = ? and state = 'active'";
    private static final String HOLD_NO_LATER =
            "update queue set hold_reason = '' where letter_id = ? and state = 'active' and hold_reason <> ''";
    private static final String RELEASE_HELD =
            "update queue set state = 'deferred', hold_reason = '', due_at = ? where letter_id = ? and state = 'hold'";
    private static final String RETRY =
            "update queue set due_at = ? where letter_id = ? and state = 'deferred' and due_at > ?";
    private static final String REMOVE = "delete from queue where letter_id = ? and state in ('deferred', 'hold')";

    private static final String DUE = TRIED + " and route = ? and due_at <= ? order by due_at, letter_id";
    private static final String IN_TURN = UNTRIED + " and route = ? order by turn";

    /// The concatenation prevents SQLite from scanning all of `queue_due`, where few rows of the primary key will do.
    private static final String OLDER = "state || '' = 'deferred' and route = ? and letter_id < ? and due_at <= ? order by letter_id";

    private static final String HAS_OLDER = "select 1 from queue where " + OLDER + " limit 1";

    private final String claimDue;
    private final String claimInTurn;
    private final String claimOlder;
    private final String lock;

    QueueRows(Dialect dialect) {
        claimDue = claim(dialect, DUE);
        claimInTurn = claim(dialect, IN_TURN);
        claimOlder = claim(dialect, OLDER);
        lock = "select 1 from queue where letter_id = ?" + dialect.lock();
    }

    private static String claim(Dialect dialect, String which) {
        return """
                with found as materialized (select letter_id from queue where %s limit ?%s)
                update queue set state = 'active', lease_owner = ?, lease_epoch = lease_epoch + 1, hold_reason = ''
                where letter_id in (select letter_id from found)
                returning letter_id, due_at, attempts, lease_epoch, warned_at, turn"""
                .formatted(which, dialect.skipLocked());
    }

    /// A letter that is leased but not yet read.
    ///
    /// @param letterId as the row has it, which a damaged one has wrong
    /// @param turn it had, when it was never tried; else 0
    record Claimed(
            String letterId, long dueAtMillis, int attempts, Lease lease, Optional<Instant> warnedAt, long turn) {}

    /// The values of the row of a letter that is leased from its first moment.
    static List<Object> active(QueueId id, Instant now, Lease lease, RouteId route) {
        return List.of(id.text(), "active", now.toEpochMilli(), lease.owner(), lease.epoch(), route.text(), 0L);
    }

    /// @param row values as of [#active]
    static void insert(Statements statements, List<Object> row) throws SQLException {
        statements.update(INSERT, row.toArray());
    }

    /// @param turn at least 1
    void insertWaiting(Statements statements, QueueId id, Instant now, RouteId route, long turn) throws SQLException {
        statements.update(INSERT, id.text(), "deferred", now.toEpochMilli(), "", 0L, route.text(), turn);
    }

    /// Of those that were never tried.
    Optional<Long> nextTurn(Statements statements, RouteId route) throws SQLException {
        return statements.first(NEXT_TURN, row -> row.getLong(1), route.text());
    }

    /// When the first of those is due that are to be tried again.
    Optional<Instant> earliest(Statements statements, RouteId route) throws SQLException {
        return statements.first(EARLIEST, row -> Instant.ofEpochMilli(row.getLong(1)), route.text());
    }

    /// Leases what is due to be tried again, the longest overdue first.
    List<Claimed> claimDue(Statements statements, String owner, RouteId route, Instant now, int limit) throws SQLException {
        var claimed = claim(statements, claimDue, owner, route.text(), now.toEpochMilli(), limit);
        // RETURNING promises no order.
        claimed.sort(Comparator.comparingLong(Claimed::dueAtMillis).thenComparing(Claimed::letterId));
        return claimed;
    }

    /// Leases what was never tried, in turn.
    List<Claimed> claimInTurn(Statements statements, String owner, RouteId route, int limit) throws SQLException {
        var claimed = claim(statements, claimInTurn, owner, route.text(), limit);
        claimed.sort(Comparator.comparingLong(Claimed::turn).thenComparing(Claimed::letterId));
        return claimed;
    }

    boolean hasOlder(Statements statements, RouteId route, Instant madeBefore, Instant now) throws SQLException {
        return statements.first(HAS_OLDER, row -> true, route.text(), QueueIds.lowest(madeBefore), now.toEpochMilli()).isPresent();
    }

    /// Leases those that are due and whose ids were made before then, the oldest first. The primary key finds them.
    List<Claimed> claimOlder(
            Statements statements, String owner, RouteId route, Instant madeBefore, Instant now, int limit) throws SQLException {
        var claimed = claim(
                statements, claimOlder, owner, route.text(), QueueIds.lowest(madeBefore), now.toEpochMilli(), limit);
        claimed.sort(Comparator.comparing(Claimed::letterId));
        return claimed;
    }

    /// @param values of the claim, its limit last
    private static List<Claimed> claim(Statements statements, String claim, String owner, Object... values)
            throws SQLException {
        return statements.list(
                claim,
                row -> claimed(row, owner),
                Stream.concat(Stream.of(values), Stream.of(owner)).toArray());
    }

    /// @param row letter_id, due_at, attempts, lease_epoch, warned_at, turn
    static Claimed claimed(ResultSet row, String owner) throws SQLException {
        return new Claimed(
                row.getString(1),
                row.getLong(2),
                row.getInt(3),
                new Lease(owner, row.getLong(4)),
                Optional.of(row.getLong(5)).filter(millis -> millis > 0).map(Instant::ofEpochMilli),
                row.getLong(6));
    }

    /// Lets a letter wait; on hold, when an operator wants that.
    ///
    /// @return whether the lease was still held; nothing is written otherwise. So do the others.
    boolean defer(Statements statements, QueueId id, Lease lease, Instant dueAt) throws SQLException {
        return statements.update(DEFER, dueAt.toEpochMilli(), id.text(), lease.owner(), lease.epoch()) == 1;
    }

    /// The same without an attempt.
    boolean putOff(Statements statements, String letterId, Lease lease, Instant dueAt) throws SQLException {
        return statements.update(PUT_OFF, dueAt.toEpochMilli(), letterId, lease.owner(), lease.epoch()) == 1;
    }

    boolean hold(Statements statements, QueueId id, Lease lease, String reason) throws SQLException {
        return statements.update(HOLD, reason, 1, id.text(), lease.owner(), lease.epoch()) == 1;
    }

    /// Sets a letter aside that could not be read, without an attempt.
    boolean holdUnread(Statements statements, Claimed letter, String reason) throws SQLException {
        var lease = letter.lease();
        return statements.update(HOLD, reason, 0, letter.letterId(), lease.owner(), lease.epoch()) == 1;
    }

    /// Whether the lease is good, to the end of the transaction.
    boolean isHeld(Statements statements, QueueId id, Lease lease) throws SQLException {
        return statements.update(KEEP, id.text(), lease.owner(), lease.epoch()) == 1;
    }

    boolean noteWarning(Statements statements, QueueId id, Lease lease, Instant warnedAt) throws SQLException {
        return statements.update(NOTE_WARNING, warnedAt.toEpochMilli(), id.text(), lease.owner(), lease.epoch()) == 1;
    }

    boolean end(Statements statements, QueueId id, Lease lease) throws SQLException {
        return statements.update(END, id.text(), lease.owner(), lease.epoch()) == 1;
    }

    /// Takes every lease back: their owners have ended.
    int takeBack(Statements statements, Instant now) throws SQLException {
        return statements.update(TAKE_BACK, now.toEpochMilli());
    }

    /// Locks a letter in its state until the end of the transaction, for a caller that tries several moves.
    void lock(Statements statements, QueueId id) throws SQLException {
        var _ = statements.first(lock, row -> true, id.text());
    }

    /// Where a letter stands; empty when it isn't in the queue.
    Optional<QueueStatus> standing(Statements statements, QueueId id) throws SQLException {
        return statements.first(STANDING, row -> QueueStatus.of(row.getString(1)), id.text());
    }

    /// Puts a deferred letter on hold.
    ///
    /// @return whether it was one; nothing is written otherwise. So do the others.
    boolean hold(Statements statements, QueueId id) throws SQLException {
        return statements.update(HOLD_WAITING, BY_OPERATOR, id.text()) == 1;
    }

    /// Notes that an active letter is to be held when it would wait.
    boolean holdLater(Statements statements, QueueId id) throws SQLException {
        return statements.update(HOLD_LATER, BY_OPERATOR, id.text()) == 1;
    }

    /// Forgets that note.
    boolean holdNoLater(Statements statements, QueueId id) throws SQLException {
        return statements.update(HOLD_NO_LATER, id.text()) == 1;
    }

    /// Releases a letter on hold, due now.
    boolean release(Statements statements, QueueId id, Instant now) throws SQLException {
        return statements.update(RELEASE_HELD, now.toEpochMilli(), id.text()) == 1;
    }

    /// Makes a deferred letter due now that isn't yet.
    boolean retry(Statements statements, QueueId id, Instant now) throws SQLException {
        return statements.update(RETRY, now.toEpochMilli(), id.text(), now.toEpochMilli()) == 1;
    }

    /// Removes a letter that is not leased.
    boolean remove(Statements statements, QueueId id) throws SQLException {
        return statements.update(REMOVE, id.text()) == 1;
    }
}
