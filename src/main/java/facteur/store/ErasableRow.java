package facteur.store;

import facteur.platform.database.Statements;
import facteur.platform.log.Erasure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A row of the history that may name a person, and what it is without. What a row says of the present is left to it. Immutable.
sealed interface ErasableRow {
    String office();

    /// Whether it names the person.
    boolean isConcerned();

    /// A row that has changed since it was read stays.
    void erase(Statements statements) throws SQLException;

    /// A version: settings before and after, and who changed them.
    ///
    /// @param texts as [#COLUMNS] has them
    /// @param erased the same, without the person
    record OfVersion(String office, long number, List<String> texts, List<String> erased) implements ErasableRow {
        static final OfVersion START = new OfVersion("", 0, List.of(), List.of());

        private static final List<String> COLUMNS = List.of("before", "after", "actor", "behalf", "note");
        private static final String NEXT =
                """
                select c.office, c.number, c.before, c.after, c.actor, c.behalf, c.note,
                       exists (select 1 from office o where o.id = c.office and o.settings_at = c.number) as is_in_force
                from office_change c
                where (c.office, c.number) > (?, ?)
                  and (lower(c.before) like ? or lower(c.after) like ? or lower(c.actor) like ? or lower(c.behalf) like ? or lower(c.note) like ?)
                order by c.office, c.number limit ?""";
        private static final String UPDATE =
                """
                update office_change set before = ?, after = ?, actor = ?, behalf = ?, note = ?
                where office = ? and number = ? and before = ? and after = ?""";

        /// Those behind this one, in their order.
        List<OfVersion> next(Statements statements, Erasure erasure, int limit) throws SQLException {
            var pattern = erasure.pattern();
            return statements.list(
                    NEXT, row -> of(row, erasure), office, number, pattern, pattern, pattern, pattern, pattern, limit);
        }

        private static OfVersion of(ResultSet row, Erasure erasure) throws SQLException {
            var texts = new ArrayList<String>();
            for (var column : COLUMNS) {
                texts.add(row.getString(column));
            }
            var erased = List.of(
                    ErasedText.of(texts.get(0), erasure),
                    row.getBoolean("is_in_force") ? texts.get(1) : ErasedText.of(texts.get(1), erasure),
                    line(texts.get(2), erasure),
                    line(texts.get(3), erasure),
                    line(texts.get(4), erasure));
            return new OfVersion(row.getString("office"), row.getLong("number"), texts, erased);
        }

        private static String line(String text, Erasure erasure) {
            return erasure.concerns(text) ? erasure.without(text) : text;
        }

        @Override
        public boolean isConcerned() {
            return !texts.equals(erased);
        }

        @Override
        public void erase(Statements statements) throws SQLException {
            var values = new ArrayList<Object>(erased);
            values.addAll(List.of(office, number, texts.get(0), texts.get(1)));
            statements.update(UPDATE, values.toArray());
        }
    }

    /// What a version did to a card. Where the id of a card that is gone is the address, no row of it stays.
    record OfCard(String office, String relation, long number, List<String> texts, List<String> erased, boolean isDeleted) implements ErasableRow {
        static final OfCard START = new OfCard("", "", 0, List.of(), List.of(), false);

        private static final String NEXT =
                """
                select c.office, c.relation, c.number, c.before, c.after,
                       coalesce((select k.version from card k where k.office = c.office and k.relation = c.relation), 0) as present
                from card_change c
                where (c.office, c.relation, c.number) > (?, ?, ?)
                  and (lower(c.relation) like ? or lower(c.before) like ? or lower(c.after) like ?)
                order by c.office, c.relation, c.number limit ?""";
        private static final String UPDATE =
                """
                update card_change set before = ?, after = ?
                where office = ? and relation = ? and number = ? and before = ? and after = ?""";
        private static final String DELETE = "delete from card_change where office = ? and relation = ? and number = ?";

        /// Those behind this one, in their order.
        List<OfCard> next(Statements statements, Erasure erasure, int limit) throws SQLException {
            var pattern = erasure.pattern();
            return statements.list(
                    NEXT, row -> of(row, erasure), office, relation, number, pattern, pattern, pattern, limit);
        }

        private static OfCard of(ResultSet row, Erasure erasure) throws SQLException {
            var relation = row.getString("relation");
            var number = row.getLong("number");
            var present = row.getLong("present");
            var before = row.getString("before");
            var after = row.getString("after");
            return new OfCard(
                    row.getString("office"),
                    relation,
                    number,
                    List.of(before, after),
                    List.of(ErasedText.of(before, erasure), present == number ? after : ErasedText.of(after, erasure)),
                    present == 0 && erasure.concerns(relation));
        }

        @Override
        public boolean isConcerned() {
            return isDeleted || !texts.equals(erased);
        }

        @Override
        public void erase(Statements statements) throws SQLException {
            if (isDeleted) {
                statements.update(DELETE, office, relation, number);
            } else {
                statements.update(UPDATE, erased.get(0), erased.get(1), office, relation, number, texts.get(0), texts.get(1));
            }
        }
    }
}
