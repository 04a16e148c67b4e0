package facteur.spool;

import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The rows of letters that have ended: the message log. Each method is part of a transaction of its caller's.
final class HistoryRows {
    /// How many letters and recipients one step deletes; a single letter may have more.
    static final int STEP = 500;

    private static final String ENDED_BEFORE =
            """
            select id, (select count(*) from recipient where recipient.letter_id = letter.id) as recipients
            from letter where ended_at < ? order by ended_at limit ?""";
    private static final List<String> DELETE = List.of(
            "delete from attempt where letter_id = ?",
            "delete from recipient where letter_id = ?",
            "delete from letter where id = ? and ended_at is not null");

    /// What came back of these letters, and those of these letters that came back: few, so all letters of a step are looked for at once.
    private static final List<String> DELETE_RETURNS = List.of(
            "delete from return_notice where letter_id in ",
            "delete from return_status where letter_id in ",
            "delete from return_status where return_id in ",
            "delete from letter_return where letter_id in ",
            "delete from letter_return where id in ");
    private static final int TOGETHER = 100;
    private static final String MARKS = "(" + String.join(", ", Collections.nCopies(TOGETHER, "?")) + ")";

    private HistoryRows() {}

    private record Ended(String id, int recipients) {}

    /// As many as make one step, those that ended first; by id.
    static List<String> endedBefore(Statements statements, Instant then) throws SQLException {
        var ended = statements.list(
                ENDED_BEFORE, row -> new Ended(row.getString(1), row.getInt(2)), then.toEpochMilli(), STEP);
        var ids = new ArrayList<String>();
        var rows = 0;
        for (var letter : ended) {
            rows += 1 + letter.recipients();
            if (!ids.isEmpty() && rows > STEP) {
                break;
            }
            ids.add(letter.id());
        }
        // All nodes in one order, so that none waits for one that waits for it.
        Collections.sort(ids);
        return ids;
    }

    /// @return how many letters there were
    static int delete(Statements statements, List<String> ids) throws SQLException {
        for (var from = 0; from < ids.size(); from += TOGETHER) {
            deleteReturns(statements, ids.subList(from, Math.min(from + TOGETHER, ids.size())));
        }
        for (var id : ids) {
            for (var sql : DELETE) {
                statements.update(sql, id);
            }
        }
        return ids.size();
    }

    private static void deleteReturns(Statements statements, List<String> ids) throws SQLException {
        // The same text for fewer: each is prepared once. No letter has the empty id.
        var values = new ArrayList<Object>(ids);
        values.addAll(Collections.nCopies(TOGETHER - ids.size(), ""));
        for (var sql : DELETE_RETURNS) {
            statements.update(sql + MARKS, values.toArray());
        }
    }
}
