package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The queue as an operator sees it, page by page along the index `queue_due`: no statement reads more of it than its page
/// needs, and nothing is sorted.
final class ListRows {
    static final String SELECT =
            """
            select queue.letter_id, queue.state, queue.due_at, queue.attempts, queue.hold_reason,
                letter.accepted_at, letter.size_bytes, letter.office, letter.original_reverse_path,
                (select address from recipient where letter_id = queue.letter_id and status = 'pending'
                    order by position limit 1) as recipient,
                (select count(*) from recipient where letter_id = queue.letter_id and status = 'pending') as waiting,
                (select last_reply from recipient where letter_id = queue.letter_id and status = 'pending'
                    and last_at is not null order by last_at desc, position limit 1) as last_reply
            from queue join letter on letter.id = queue.letter_id""";
    static final String PAGE = " where queue.state = ? and (queue.due_at, queue.letter_id) > (?, ?)";
    static final String ORDER = " order by queue.due_at, queue.letter_id limit ?";
    static final String COUNT = "select state, count(*), min(letter_id) from queue group by state";
    private static final String IN_STATE = "select count(*) from queue where state = ?";
    private static final String FITTING = "select count(*) from queue join letter on letter.id = queue.letter_id where queue.state = ?";
    static final String YOUNGER =
            """
            select queue.state, count(*) from queue join letter on letter.id = queue.letter_id where queue.letter_id >= ?""";
    private static final String ACCEPTED_AT = "select accepted_at from letter where id = ?";

    private ListRows() {}

    /// Where a page ended.
    record Place(long dueAtMillis, String letterId) {
        static final Place START = new Place(Long.MIN_VALUE, "");

        static Place after(QueueLine line) {
            return new Place(line.dueAt().toEpochMilli(), line.id());
        }
    }

    /// The letters of one state that fit, the first due first.
    static List<QueueLine> page(Statements statements, QueueFilter filter, QueueStatus standing, Place after, int limit)
            throws SQLException {
        var values = new ArrayList<>(List.<Object>of(standing.word(), after.dueAtMillis(), after.letterId()));
        values.addAll(filter.values());
        values.add(limit);
        return statements.list(SELECT + PAGE + filter.conditions() + ORDER, ListRows::line, values.toArray());
    }

    /// How many letters of one state fit.
    static long count(Statements statements, QueueFilter filter, QueueStatus standing) throws SQLException {
        var values = new ArrayList<>(List.<Object>of(standing.word()));
        values.addAll(filter.values());
        var sql = filter.conditions().isEmpty() ? IN_STATE : FITTING + filter.conditions();
        return statements.first(sql, row -> row.getLong(1), values.toArray()).orElse(0L);
    }

    private record InState(QueueStatus standing, long letters) {}

    /// How many of the letters that were made since then fit. Ids sort by age: of the others no row is read.
    ///
    /// @param from what their ids sort after
    static long younger(Statements statements, QueueFilter filter, String from) throws SQLException {
        var values = new ArrayList<>(List.<Object>of(from));
        values.addAll(filter.values());
        var standings = filter.ordered();
        return statements.list(
                YOUNGER + filter.conditions() + " group by queue.state",
                row -> new InState(QueueStatus.of(row.getString(1)), row.getLong(2)),
                values.toArray()).stream()
                .filter(counted -> standings.contains(counted.standing()))
                .mapToLong(InState::letters)
                .sum();
    }

    /// Those of some letters that are in the queue and fit.
    ///
    /// @param ids at least one
    static List<QueueLine> among(Statements statements, QueueFilter filter, List<QueueId> ids) throws SQLException {
        var values = new ArrayList<Object>(ids.stream().map(QueueId::text).toList());
        values.addAll(filter.values());
        var marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
        return statements.list(SELECT + " where queue.letter_id in (" + marks + ")" + filter.conditions(), ListRows::line, values.toArray()).stream()
                .filter(line -> filter.standings().isEmpty() || filter.standings().contains(line.standing()))
                .toList();
    }

    static Optional<QueueLine> one(Statements statements, QueueId id) throws SQLException {
        return statements.first(SELECT + " where queue.letter_id = ?", ListRows::line, id.text());
    }

    private static QueueLine line(ResultSet row) throws SQLException {
        return new QueueLine(
                row.getString("letter_id"),
                QueueStatus.of(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("accepted_at")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                row.getInt("attempts"),
                row.getString("hold_reason"),
                row.getLong("size_bytes"),
                row.getString("office"),
                row.getString("original_reverse_path"),
                text(row, "recipient"),
                row.getInt("waiting"),
                text(row, "last_reply"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? "" : text;
    }

    private record Counted(QueueStatus standing, long letters, String oldest) {}

    /// The oldest has the smallest id.
    static List<QueueCount> counts(Statements statements) throws SQLException {
        var counts = new ArrayList<QueueCount>();
        for (var counted : statements.list(COUNT, row -> new Counted(
                QueueStatus.of(row.getString(1)), row.getLong(2), row.getString(3)))) {
            var oldestAt = statements.first(ACCEPTED_AT, row -> Instant.ofEpochMilli(row.getLong(1)), counted.oldest());
            counts.add(new QueueCount(counted.standing(), counted.letters(), oldestAt.orElse(Instant.EPOCH)));
        }
        return counts;
    }
}
