package facteur.store;

import facteur.office.OfficeId;
import facteur.platform.database.Database;
import facteur.platform.database.Dialect;
import facteur.platform.log.Erasure;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where an operator has one person erased from the history of settings and cards, beside a running daemon or without one. Versions
/// stay, with their numbers, times and what else they changed. What is in force is never changed, nor where the history holds it: what
/// comes in a person's place is for those to say who keep the settings.
///
/// Reads page by page, and writes in pieces. For one thread; blocks for the database.
public final class HistoryErasure {
    private static final int PAGE = 100;
    private static final String OFFICES = "select id, settings from office where lower(settings) like ? order by id";
    private static final String CARDS =
            """
            select office, relation, name, people from card
            where (office, relation) > (?, ?) and (lower(relation) like ? or lower(name) like ? or lower(people) like ?)
            order by office, relation limit ?""";

    private final StoreWriter writer;
    private final Erasure erasure;
    private final Pieces pieces;

    public HistoryErasure(Database database, InstantSource time, Erasure erasure) {
        writer = new StoreWriter(database, time);
        this.erasure = erasure;
        pieces = Pieces.of(writer);
    }

    private interface Visitor {
        void visit(List<? extends ErasableRow> rows) throws SQLException;
    }

    private record PresentCard(String office, String relation, boolean isConcerned) {}

    /// The offices that name the person, in the order of their ids.
    public List<PersonTraces> find() throws SQLException {
        var found = new TreeMap<String, PersonTraces>();
        addSettings(found);
        addCards(found);
        eachPage(rows -> rows.forEach(row -> add(found, row.office(), 0, 1)));
        return List.copyOf(found.values());
    }

    private void addSettings(SortedMap<String, PersonTraces> found) throws SQLException {
        var offices = writer.database().reading(statements -> statements.list(
                OFFICES, row -> ErasedText.concerns(row.getString("settings"), erasure) ? row.getString("id") : "", erasure.pattern()));
        for (var office : offices) {
            if (!office.isEmpty()) {
                found.put(office, new PersonTraces(new OfficeId(office), true, 0, 0));
            }
        }
    }

    private void addCards(SortedMap<String, PersonTraces> found) throws SQLException {
        var page = cards(new PresentCard("", "", false));
        while (!page.isEmpty()) {
            page.stream().filter(PresentCard::isConcerned).forEach(card -> add(found, card.office(), 1, 0));
            page = cards(page.getLast());
        }
    }

    private List<PresentCard> cards(PresentCard after) throws SQLException {
        var pattern = erasure.pattern();
        return writer.database().reading(statements -> statements.list(
                CARDS,
                row -> new PresentCard(
                        row.getString("office"),
                        row.getString("relation"),
                        erasure.concerns(row.getString("relation"))
                                || erasure.concerns(row.getString("name"))
                                || ErasedText.concerns(row.getString("people"), erasure)),
                after.office(), after.relation(), pattern, pattern, pattern, PAGE));
    }

    private static void add(SortedMap<String, PersonTraces> found, String office, long cards, long changes) {
        found.merge(office, new PersonTraces(new OfficeId(office), false, cards, changes), PersonTraces::plus);
    }

    /// Replaces what names the person in all rows of the history but those that hold what is in force. Ended in the middle, it has erased
    /// some, and does the rest when it is called again.
    public void erase() throws SQLException {
        eachPage(rows -> {
            // Of two writers that hold several rows each may wait for the other, where there can be two.
            var together = pieces.isSole() ? PAGE : 1;
            for (var from = 0; from < rows.size(); from += together) {
                erasePiece(rows.subList(from, Math.min(rows.size(), from + together)));
            }
        });
    }

    private void erasePiece(List<? extends ErasableRow> rows) throws SQLException {
        pieces.run(() -> writer.write(transaction -> {
            if (writer.database().dialect() == Dialect.SQLITE) {
                // https://sqlite.org/pragma.html#pragma_secure_delete: what goes is written over with zeros.
                var _ = transaction.statements().first("pragma secure_delete = on", row -> row.getInt(1));
            }
            for (var row : rows) {
                row.erase(transaction.statements());
            }
            return false;
        }));
    }

    private void eachPage(Visitor visitor) throws SQLException {
        for (var page = versions(ErasableRow.OfVersion.START); !page.isEmpty(); page = versions(page.getLast())) {
            visitor.visit(page.stream().filter(ErasableRow::isConcerned).toList());
        }
        for (var page = cardChanges(ErasableRow.OfCard.START); !page.isEmpty(); page = cardChanges(page.getLast())) {
            visitor.visit(page.stream().filter(ErasableRow::isConcerned).toList());
        }
    }

    private List<ErasableRow.OfVersion> versions(ErasableRow.OfVersion after) throws SQLException {
        return writer.database().reading(statements -> after.next(statements, erasure, PAGE));
    }

    private List<ErasableRow.OfCard> cardChanges(ErasableRow.OfCard after) throws SQLException {
        return writer.database().reading(statements -> after.next(statements, erasure, PAGE));
    }
}
