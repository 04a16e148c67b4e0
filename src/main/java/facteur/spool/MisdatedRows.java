package facteur.spool;

import facteur.mail.letter.RouteId;
import facteur.platform.database.Dialect;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Letters in the table `queue` that are due too late, since a clock went wrong. Some at a time, so that others who commit
/// needn't wait for all of them; rows that another node has locked are just being settled there. Letters on hold, active ones, and those that weren't
/// tried yet have no date to wait for.
///
/// Immutable; each method is part of a transaction of its caller's.
final class MisdatedRows {
    static final int SOME = 500;

    private static final String STRAY = QueueRows.TRIED + " and route = ? and due_at > ?";
    private static final String ARE_THERE = "select 1 from queue where " + STRAY + " limit 1";
    /// By the primary key, each once: what is put off meanwhile is put off by the right clock.
    private static final String STRETCH = "select letter_id from queue where letter_id > ? order by letter_id limit " + SOME;
    private final String recall;
    private final String bringForward;

    MisdatedRows(Dialect dialect) {
        recall =
                """
                with found as materialized (select letter_id from queue where %s order by due_at limit %s%s)
                update queue set due_at = ? where letter_id in (select letter_id from found)"""
                        .formatted(STRAY, SOME, dialect.skipLocked());
        bringForward =
                """
                with found as materialized (
                    select letter_id from queue
                    where letter_id > ? and letter_id <= ? and state || '' = 'deferred' and due_at > ? limit %s%s)
                update queue set due_at = case when due_at - ? > ? then due_at - ? else ? end
                where letter_id in (select letter_id from found)"""
                        .formatted(SOME, dialect.skipLocked());
    }

    boolean areThere(Statements statements, RouteId route, Instant latest) throws SQLException {
        return statements.first(ARE_THERE, row -> true, route.text(), latest.toEpochMilli()).isPresent();
    }

    /// Makes some of those due now that are due after the latest time possible.
    int recall(Statements statements, RouteId route, Instant latest, Instant now) throws SQLException {
        return statements.update(recall, route.text(), latest.toEpochMilli(), now.toEpochMilli());
    }

    /// Makes some of those that wait due earlier, but none earlier than now.
    ///
    /// @param after the id where the last ones ended; empty at first
    /// @return where these end; empty when they are the last
    Optional<String> bringForward(Statements statements, String after, Instant now, Duration by) throws SQLException {
        var stretch = statements.list(STRETCH, row -> row.getString(1), after);
        if (stretch.isEmpty()) {
            return Optional.empty();
        }
        var end = stretch.getLast();
        var nowMillis = now.toEpochMilli();
        var byMillis = by.toMillis();
        statements.update(bringForward, after, end, nowMillis, byMillis, nowMillis, byMillis, nowMillis);
        return stretch.size() < SOME ? Optional.empty() : Optional.of(end);
    }
}
