package facteur.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/// One change of an office, as the history lists it. Immutable.
///
/// @param number counted up from 1 in each office, without gaps
/// @param undoes the version whose change this takes back; 0 when none
/// @param cards how many it changed
public record Version(long number, Instant at, ChangeKind kind, Author author, long undoes, long cards) {
    static final String COLUMNS = "number, at, kind, via, actor, behalf, peer, note, undoes, cards";

    static Version of(ResultSet row) throws SQLException {
        return new Version(
                row.getLong("number"),
                Instant.ofEpochMilli(row.getLong("at")),
                ChangeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new Author(
                        Via.valueOf(row.getString("via").toUpperCase(Locale.ROOT)),
                        row.getString("actor"),
                        row.getString("behalf"),
                        row.getString("peer"),
                        row.getString("note")),
                row.getLong("undoes"),
                row.getLong("cards"));
    }
}
