package facteur.spool;

import facteur.mail.letter.QueueId;
import facteur.mail.smtp.Address;
import facteur.platform.database.Statements;
import facteur.platform.log.Erasure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The table `bad_address`. Each method is part of a transaction of its caller's.
final class BadAddressRows {
    private static final String UPSERT =
            """
            insert into bad_address (office, address, since, last_at, count, status, diagnostic, letter_id) values (?, ?, ?, ?, 1, ?, ?, ?)
            on conflict (office, address) do update set last_at = excluded.last_at, count = bad_address.count + 1,
                status = excluded.status, diagnostic = excluded.diagnostic, letter_id = excluded.letter_id""";
    private static final String DELETE = "delete from bad_address where office = ? and address = ?";
    private static final String SELECT =
            "select address, since, last_at, count, status, diagnostic, letter_id from bad_address where office = ?";
    private static final String ONE = SELECT + " and address = ?";
    private static final String PAGE = SELECT + " and address > ? order by address limit ?";
    private static final String OFFICES = "select distinct office from bad_address";
    private static final String LIKE =
            "select office, address, diagnostic from bad_address where lower(address) like ? or lower(diagnostic) like ?";
    private static final String UPDATE_DIAGNOSTIC = "update bad_address set diagnostic = ? where office = ? and address = ?";

    private static final String STRETCH =
            "select office, address, last_at from bad_address where (office, address) > (?, ?) order by office, address limit ?";
    private static final String DELETE_STALE = DELETE + " and last_at = ?";

    private BadAddressRows() {}

    /// As it stands in the table: hosts may tell local parts apart by case, domains are the same in any.
    static String key(Address address) {
        return address.localPart() + "@" + address.asciiDomain();
    }

    static void add(Statements statements, String office, Address address, NewReturn.Status said, QueueId letter, Instant at)
            throws SQLException {
        var millis = at.toEpochMilli();
        statements.update(UPSERT, office, key(address), millis, millis, said.status(), said.summary(), letter.text());
    }

    /// @return whether it was there
    static boolean remove(Statements statements, String office, Address address) throws SQLException {
        return statements.update(DELETE, office, key(address)) > 0;
    }

    static Optional<BadAddress> one(Statements statements, String office, Address address) throws SQLException {
        return statements.first(ONE, BadAddressRows::row, office, key(address));
    }

    /// Some of an office's, in order.
    ///
    /// @param after an address; empty: from the first on
    static List<BadAddress> page(Statements statements, String office, String after, int limit) throws SQLException {
        return statements.list(PAGE, BadAddressRows::row, office, after, limit);
    }

    /// Those that have any.
    static Set<String> offices(Statements statements) throws SQLException {
        return new HashSet<>(statements.list(OFFICES, row -> row.getString(1)));
    }

    /// A row that has to do with a person.
    private record Mention(String office, String address, String diagnostic) {}

    private static List<Mention> mentions(Statements statements, Erasure erasure) throws SQLException {
        return statements.list(LIKE, row -> new Mention(row.getString(1), row.getString(2), row.getString(3)), erasure.pattern(), erasure.pattern())
                .stream()
                .filter(row -> erasure.concerns(row.address()) || erasure.concerns(row.diagnostic()))
                .toList();
    }

    /// How many rows of whatever office have to do with a person: the address itself, or what a host said of another.
    static int count(Statements statements, Erasure erasure) throws SQLException {
        return mentions(statements, erasure).size();
    }

    /// Removes the person from these.
    ///
    /// @return how many there were
    static int forget(Statements statements, Erasure erasure) throws SQLException {
        var mentions = mentions(statements, erasure);
        for (var row : mentions) {
            var _ = erasure.concerns(row.address())
                    ? statements.update(DELETE, row.office(), row.address())
                    : statements.update(UPDATE_DIAGNOSTIC, erasure.without(row.diagnostic()), row.office(), row.address());
        }
        return mentions.size();
    }

    /// When the last letter came back of an address.
    record Row(String office, String address, long lastAt) {
        static final Row FIRST = new Row("", "", 0);
    }

    /// Some rows of all offices, in order.
    ///
    /// @param after a row that needn't be there
    static List<Row> stretch(Statements statements, Row after, int limit) throws SQLException {
        return statements.list(
                STRETCH, row -> new Row(row.getString(1), row.getString(2), row.getLong(3)), after.office(), after.address(), limit);
    }

    /// Deletes rows, unless another letter has come back since they were read.
    ///
    /// @return how many
    static int delete(Statements statements, List<Row> rows) throws SQLException {
        var deleted = 0;
        for (var row : rows) {
            deleted += statements.update(DELETE_STALE, row.office(), row.address(), row.lastAt());
        }
        return deleted;
    }

    private static BadAddress row(ResultSet row) throws SQLException {
        return new BadAddress(
                row.getString("address"),
                Instant.ofEpochMilli(row.getLong("since")),
                Instant.ofEpochMilli(row.getLong("last_at")),
                row.getInt("count"),
                row.getString("status"),
                row.getString("diagnostic"),
                row.getString("letter_id"));
    }
}
