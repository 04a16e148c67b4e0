package facteur.spool;

import facteur.platform.database.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Finds apps whose letters have no name, so that one which comes again isn't recognized: neither a key nor a Message-ID of their own.
public final class NamelessApps {
    private static final int LETTERS = 1000;
    /// A few say nothing yet.
    private static final int FEWEST = 5;

    /// A letter has its row in the table of keys for as long as it is known. A Message-ID that the relay has added begins with the letter's id.
    private static final String SELECT =
            """
            select app, count(*) from (
                select app, case when message_id = '' or message_id like '<' || id || '@%%' then 1 else 0 end as is_without,
                    id in (select substr(letters, 1, 16) from letter_key) as is_known
                from letter where accepted_at > ? and app <> '' order by id desc limit %d) as lately
            group by app having count(*) >= %d and count(*) = sum(case when is_without = 1 and not is_known then 1 else 0 end)
            order by app""".formatted(LETTERS, FEWEST);

    private NamelessApps() {}

    /// @param letters that came lately, none of which has a name
    public record Nameless(String app, long letters) {}

    /// @param window for how long letters are known
    public static List<Nameless> find(Database database, Instant now, Duration window) throws SQLException {
        return database.reading(statements -> statements.list(
                SELECT, row -> new Nameless(row.getString(1), row.getLong(2)), now.minus(window).toEpochMilli()));
    }
}
