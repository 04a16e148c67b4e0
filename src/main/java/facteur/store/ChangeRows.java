package facteur.store;

import facteur.office.OfficeId;
import facteur.platform.database.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The table `office_change`: a row for each version. One row grows while a change of many cards is written in pieces; all
/// others are written once.
final class ChangeRows {
    /// What is before a first version, and after a removal.
    static final String NO_SETTINGS = "";

    private static final String INSERT =
            """
            insert into office_change (office, number, at, kind, via, actor, behalf, peer, note, undoes, before, after, cards)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String ADD_CARDS = "update office_change set cards = cards + ? where office = ? and number = ?";
    private static final String SELECT = "select " + Version.COLUMNS + " from office_change where office = ?";
    private static final String ONE = SELECT + " and number = ?";
    private static final String PAGE = SELECT + " and number < ? order by number desc limit ?";
    private static final String TEXTS = "select before, after from office_change where office = ? and number = ?";

    /// The settings that were in force as of a version: what the last change of them left, or what the next one found.
    private static final String LEFT =
            "select after from office_change where office = ? and number <= ? and kind <> 'cards' order by number desc limit 1";
    private static final String FOUND =
            "select before from office_change where office = ? and number > ? and kind <> 'cards' order by number limit 1";
    private static final String NEXT =
            "select number from office_change where office = ? and number > ? and kind <> 'cards' order by number limit 1";

    /// @param before settings; [#NO_SETTINGS] when there were none
    record Texts(String before, String after) {}

    private ChangeRows() {}

    /// @param texts nothing on either side when only cards changed
    static void insert(StoreTransaction transaction, OfficeId office, Version version, Texts texts) throws SQLException {
        insert(transaction, office, version, texts, CardVersion.Telling.NOW);
    }

    /// @param telling when the journal is told of it
    static void insert(StoreTransaction transaction, OfficeId office, Version version, Texts texts, CardVersion.Telling telling)
            throws SQLException {
        var author = version.author();
        transaction.statements().update(
                INSERT,
                office.text(),
                version.number(),
                version.at().toEpochMilli(),
                version.kind().word(),
                author.via().word(),
                author.actor(),
                author.behalf(),
                author.peer(),
                author.note(),
                version.undoes(),
                texts.before(),
                texts.after(),
                version.cards());
        if (telling == CardVersion.Telling.NOW) {
            transaction.saved(new Saved(office, version));
        }
    }

    /// More cards of a version whose row is there.
    static void addCards(StoreTransaction transaction, OfficeId office, long number, long cards) throws SQLException {
        transaction.statements().update(ADD_CARDS, cards, office.text(), number);
    }

    static Optional<Version> one(Statements statements, OfficeId office, long number) throws SQLException {
        return statements.first(ONE, Version::of, office.text(), number);
    }

    static List<Version> page(Statements statements, OfficeId office, long before, int limit) throws SQLException {
        return statements.list(PAGE, Version::of, office.text(), before, limit);
    }

    static Optional<Texts> texts(Statements statements, OfficeId office, long number) throws SQLException {
        return statements.first(TEXTS, row -> new Texts(row.getString("before"), row.getString("after")), office.text(), number);
    }

    /// Empty when it is not known, or no longer; [#NO_SETTINGS] when there were none.
    static Optional<String> settingsAt(Statements statements, OfficeId office, long number) throws SQLException {
        var left = statements.first(LEFT, row -> row.getString("after"), office.text(), number);
        return left.isPresent() ? left : statements.first(FOUND, row -> row.getString("before"), office.text(), number);
    }

    /// The first change of settings after a version; 0 when there is none.
    static long next(Statements statements, OfficeId office, long number) throws SQLException {
        return statements.first(NEXT, row -> row.getLong("number"), office.text(), number).orElse(0L);
    }
}
