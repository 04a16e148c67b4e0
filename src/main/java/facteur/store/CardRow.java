package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A row of the table `card`.
record CardRow(RelationId relation, CardText text, long version, Instant changedAt) {
    static final String COLUMNS = "relation, name, people, version, changed_at";

    /// How many are read or written by one statement, and in one transaction.
    static final int PIECE = 100;

    private static final String ONE = "select " + COLUMNS + " from card where office = ? and relation = ?";
    private static final String PLACES = String.join(", ", Collections.nCopies(PIECE, "?"));
    private static final String SOME = "select " + COLUMNS + " from card where office = ? and relation in (" + PLACES + ")";
    private static final String NEWEST =
            "select max(number) from card_change where office = ? and relation in (" + PLACES + ")";
    private static final String WRITE =
            """
            insert into card (office, relation, name, people, version, changed_at) values (?, ?, ?, ?, ?, ?)
            on conflict (office, relation) do update set
                name = excluded.name, people = excluded.people, version = excluded.version, changed_at = excluded.changed_at""";
    private static final String DELETE = "delete from card where office = ? and relation = ?";

    /// A version that comes to the same card twice, as a push may, stays one change.
    private static final String RECORD =
            """
            insert into card_change (office, relation, number, before, after) values (?, ?, ?, ?, ?)
            on conflict (office, relation, number) do update set after = excluded.after""";

    static CardRow of(ResultSet row) throws SQLException {
        return new CardRow(
                new RelationId(row.getString(1)),
                new CardText(row.getString(2), row.getString(3)),
                row.getLong(4),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    StoredCard stored() {
        return new StoredCard(relation, text.name(), text.mailboxes(), version, changedAt);
    }

    static Optional<CardRow> read(Statements statements, OfficeId office, RelationId relation) throws SQLException {
        return statements.first(ONE, CardRow::of, office.text(), relation.composed().text());
    }

    /// @param edits at most a [#PIECE]
    /// @return those there are
    static Map<RelationId, CardRow> read(Statements statements, OfficeId office, List<CardEdit> edits) throws SQLException {
        var found = new HashMap<RelationId, CardRow>();
        statements.list(SOME, CardRow::of, values(office, edits)).forEach(row -> found.put(row.relation(), row));
        return found;
    }

    /// The newest version that changed one of the cards; 0 when none is known.
    static long newestChange(Statements statements, OfficeId office, List<CardEdit> edits) throws SQLException {
        return statements.first(NEWEST, row -> row.getLong(1), values(office, edits)).orElse(0L);
    }

    /// Writes changes and their history, under one version.
    static void write(Statements statements, OfficeId office, List<CardDifference> differences, long version, Instant now)
            throws SQLException {
        var written = new ArrayList<@Nullable Object[]>();
        var deleted = new ArrayList<@Nullable Object[]>();
        var recorded = new ArrayList<@Nullable Object[]>();
        for (var difference : differences) {
            var relation = difference.relation().text();
            difference.after()
                    .ifPresentOrElse(
                            card -> written.add(
                                    new @Nullable Object[] {office.text(), relation, card.name(), card.people(), version, now.toEpochMilli()}),
                            () -> deleted.add(new @Nullable Object[] {office.text(), relation}));
            recorded.add(new @Nullable Object[] {
                office.text(), relation, version, json(difference.before()), json(difference.after())
            });
        }
        statements.updateAll(WRITE, written);
        statements.updateAll(DELETE, deleted);
        statements.updateAll(RECORD, recorded);
    }

    private static String json(Optional<CardText> card) {
        return card.map(CardText::json).orElse("");
    }

    /// The last one again and again where there are fewer: one statement serves any number.
    private static @Nullable Object[] values(OfficeId office, List<CardEdit> edits) {
        var values = new @Nullable Object[PIECE + 1];
        values[0] = office.text();
        for (var i = 0; i < PIECE; i++) {
            values[i + 1] = edits.get(Math.min(i, edits.size() - 1)).relation().text();
        }
        return values;
    }
}
