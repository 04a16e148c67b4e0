package facteur.spool;

import facteur.mail.letter.Provenance;
import facteur.mail.smtp.HeaderEncoding;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The message log, looked through from its end, stretch by stretch: ids sort by age, so the primary key leads the way and
/// no other index has to be maintained while letters are accepted, but for Message-IDs. Each method is part of a transaction of its caller's.
final class LogRows {
    /// How many letters one statement reads at most.
    static final int STRETCH = 5_000;

    /// Some letters that follow each other.
    ///
    /// @param from the id of the first
    /// @param oldestAt when the first was accepted
    record Stretch(String from, Instant oldestAt) {}

    /// Ids from one on, and before another.
    ///
    /// @param from empty: from the first on
    /// @param end empty: to the last
    record Between(String from, Optional<String> end) {
        private String condition() {
            return "id >= ? and " + end.map(_ -> "id < ? and ").orElse("");
        }

        private List<Object> values() {
            return end.<List<Object>>map(id -> List.of(from, id)).orElse(List.of(from));
        }
    }

    /// The condition twice: the index has only letters whose id is known.
    private static final String BY_MESSAGE_ID =
            "select id from letter where message_id = ? and message_id <> '' and accepted_at >= ? order by id desc limit ?";

    private LogRows() {}

    /// Letters with this Message-ID, the latest first: the parts of one that was split, or one that was sent twice.
    ///
    /// @param messageId as [facteur.mail.message.MessageId#of] has it
    static List<String> ids(Statements statements, String messageId, Instant since, int limit) throws SQLException {
        return statements.list(BY_MESSAGE_ID, row -> row.getString(1), messageId, since.toEpochMilli(), limit);
    }

    /// The letters before one, or the last of all.
    ///
    /// @param before its id
    /// @param most how many
    static Optional<Stretch> stretch(Statements statements, Optional<String> before, int most) throws SQLException {
        // Without letters there is no group, and no row.
        var sql = "select min(id), min(accepted_at) from (select id, accepted_at, 1 as one from letter "
                + before.map(_ -> "where id < ? ").orElse("") + "order by id desc limit ?) stretch group by one";
        var values = new ArrayList<Object>();
        before.ifPresent(values::add);
        values.add(most);
        return statements.first(
                sql, row -> new Stretch(row.getString(1), Instant.ofEpochMilli(row.getLong(2))), values.toArray());
    }

    /// The id that is so many letters before one, or before the end of all; empty when there are fewer. Reads nothing but the
    /// primary key.
    ///
    /// @param end an id, or what sorts as one
    static Optional<String> back(Statements statements, Optional<String> end, int letters) throws SQLException {
        var sql = "select id from letter " + end.map(_ -> "where id < ? ").orElse("") + "order by id desc limit 1 offset ?";
        var values = new ArrayList<Object>();
        end.ifPresent(values::add);
        values.add(letters - 1);
        return statements.first(sql, row -> row.getString(1), values.toArray());
    }

    /// Those of an office, or of all, that fit, the latest first.
    static List<String> ids(Statements statements, Between ids, Optional<Provenance.Office> office, OfficeLogFilter filter, int limit)
            throws SQLException {
        var values = new ArrayList<Object>(ids.values());
        office.map(Provenance.Office::text).ifPresent(values::add);
        values.addAll(filter.values());
        var sql = "select id from letter where " + ids.condition() + office.map(_ -> "office = ? and ").orElse("") + filter.condition()
                + " order by id";
        return latest(statements.list(sql, row -> row.getString(1), values.toArray()), limit);
    }

    /// Rows are read forwards even where the last ones are wanted: backwards, SQLite looks for each from the root of the table, which
    /// takes twice as long.
    ///
    /// @param rows of one stretch, the oldest first
    private static <T> List<T> latest(List<T> rows, int limit) {
        return rows.reversed().stream().limit(limit).toList();
    }

    /// What the rules looked at, of an office's letters from apps, the latest first.
    static List<PastLetter> past(Statements statements, Between ids, Provenance.Office office, int limit) throws SQLException {
        var values = new ArrayList<Object>(ids.values());
        values.add(office.text());
        var sql = "select id, accepted_at, context, relation, sender, header_encoding from letter where " + ids.condition()
                + "office = ? and app <> '' order by id";
        return latest(statements.list(sql, LogRows::past, values.toArray()), limit);
    }

    private static PastLetter past(ResultSet row) throws SQLException {
        return new PastLetter(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                new Provenance.Context(row.getString(3)),
                new Provenance.Relation(row.getString(4)),
                new Provenance.Sender(row.getString(5)),
                row.getString(6).equals(HeaderEncoding.UTF8.name()) ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII);
    }

    /// Those of a stretch that fit, the latest first.
    ///
    /// @param before the id behind the stretch; empty: the end
    static List<String> ids(Statements statements, Stretch stretch, Optional<String> before, LogFilter filter, int limit)
            throws SQLException {
        var values = new ArrayList<Object>();
        values.add(stretch.from());
        before.ifPresent(values::add);
        values.addAll(filter.values());
        values.add(limit);
        var sql = "select id from letter where id >= ? " + before.map(_ -> "and id < ? ").orElse("") + "and "
                + filter.condition() + " order by id desc limit ?";
        return statements.list(sql, row -> row.getString(1), values.toArray());
    }
}
