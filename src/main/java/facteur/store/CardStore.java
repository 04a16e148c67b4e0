package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.json.JsonValue;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The clients' cards, to be read and changed one by one; and who keeps them. Many at once are for [CardImport] and [CardPushes].
///
/// Thread-safe; blocks for the database. An [SQLException] means that it is away.
public final class CardStore {
    private static final String COUNT = "select count(*) from card where office = ? and people not like ?";

    private final StoreWriter writer;
    private final Supplier<Roles> roles;
    private final CardSeries.Rest rest;

    /// @param roles that a card may name
    CardStore(StoreWriter writer, Supplier<Roles> roles, CardSeries.Rest rest) {
        this.writer = writer;
        this.roles = roles;
        this.rest = rest;
    }

    public Optional<StoredCard> card(OfficeId office, RelationId relation) throws SQLException {
        return writer.database().reading(statements -> CardRow.read(statements, office, relation)).map(CardRow::stored);
    }

    /// In the order of their ids.
    ///
    /// @param after the last one of the page before
    public List<StoredCard> cards(OfficeId office, CardFilter filter, Optional<RelationId> after, int limit) throws SQLException {
        var search = new CardSearch(filter);
        var last = after.map(relation -> relation.composed().text()).orElse("");
        return writer.database().reading(statements -> search.page(statements, office, last, limit)).stream()
                .map(CardRow::stored)
                .toList();
    }

    /// How many cards the office has.
    public long count(OfficeId office) throws SQLException {
        return count(office, "");
    }

    /// How many cards fit, counted as far as a limit.
    public long count(OfficeId office, CardFilter filter, int most) throws SQLException {
        if (filter.text().isEmpty() && filter.person().isEmpty()) {
            return filter.emptyRole().isPresent() ? countEmpty(office, filter.emptyRole().get()) : count(office);
        }
        var search = new CardSearch(filter);
        return writer.database().reading(statements -> search.page(statements, office, "", most)).size();
    }

    /// All who stand on cards, by name.
    public List<CardPerson> people(OfficeId office) throws SQLException {
        return writer.database().reading(statements -> CardPeople.of(statements, office));
    }

    /// On how many cards the role is empty.
    public long countEmpty(OfficeId office, Role role) throws SQLException {
        return count(office, CardSearch.naming(role));
    }

    private long count(OfficeId office, String without) throws SQLException {
        return writer.database()
                .reading(statements -> statements.first(COUNT, row -> row.getLong(1), office.text(), without))
                .orElse(0L);
    }

    /// Replaces a card, or makes one.
    ///
    /// @param card as a line of [CardImport]; its `relation` may be left out
    public ChangeResult put(OfficeId office, RelationId relation, JsonValue card, Precondition precondition, Author author)
            throws SQLException {
        return new SingleCard(writer, office, relation, author).put(card, new CardInputReader(roles.get()), precondition);
    }

    /// Changes what the patch names (RFC 7396), in one step.
    public ChangeResult patch(OfficeId office, RelationId relation, JsonValue mergePatch, Precondition precondition, Author author)
            throws SQLException {
        return new SingleCard(writer, office, relation, author).patch(mergePatch, new CardInputReader(roles.get()), precondition);
    }

    public ChangeResult delete(OfficeId office, RelationId relation, Precondition precondition, Author author) throws SQLException {
        return new SingleCard(writer, office, relation, author).delete(precondition);
    }

    /// Puts one person in the place of another on all cards, as one version. Where the new one is already, one stays, at the
    /// earlier place.
    ///
    /// @param to empty to leave the place empty
    /// @param in the roles that count; none = all
    public CardsResult replacePerson(OfficeId office, Address from, Optional<Mailbox> to, Set<Role> in, Author author)
            throws SQLException {
        return switch (CardLease.take(writer, office, author, CardLease.Purpose.EDIT)) {
            case CardLease.NotTaken(var why) -> why;
            case CardLease.Taken(var lease, var version) -> {
                try (lease) {
                    var series = new CardSeries(writer, rest, lease, office, author, 0, 0, CardSeries.Progress.NONE);
                    var stopped = eachWith(office, from, to, in, series::write);
                    series.tell();
                    yield stopped.orElseGet(() -> changed(series.tally(), Math.max(version, series.number())));
                }
            }
        };
    }

    /// What [#replacePerson] would do; writes nothing.
    public CardsResult countReplacing(OfficeId office, Address from, Optional<Mailbox> to, Set<Role> in) throws SQLException {
        var row = writer.database().reading(statements -> OfficeRow.read(statements, office)).filter(found -> !found.isRemoved());
        if (row.isEmpty()) {
            return new CardsResult.Missing();
        }
        var tally = new CardTally[] {CardTally.ZERO};
        eachWith(office, from, to, in, piece -> {
            var present = writer.database().reading(statements -> CardRow.read(statements, office, piece));
            tally[0] = tally[0].plus(CardTally.of(piece.size(), CardDifference.of(piece, present)));
            return Optional.empty();
        });
        return changed(tally[0], row.get().version());
    }

    /// Only cards that name the person are counted, in whichever role.
    private static CardsResult changed(CardTally tally, long version) {
        return new CardsResult.Written(tally.counts(version, 0, List.of()));
    }

    private interface Pieces {
        Optional<CardsResult> take(List<CardEdit> piece) throws SQLException;
    }

    private Optional<CardsResult> eachWith(OfficeId office, Address from, Optional<Mailbox> to, Set<Role> in, Pieces pieces)
            throws SQLException {
        var replacement = new PersonReplacement(from, to, in);
        var search = new CardSearch(new CardFilter(Optional.empty(), Optional.of(from.toString()), Optional.empty()));
        var last = "";
        while (true) {
            var after = last;
            var rows = writer.database().reading(statements -> search.page(statements, office, after, CardRow.PIECE));
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            var stopped = pieces.take(rows.stream().map(replacement::edit).toList());
            if (stopped.isPresent()) {
                return stopped;
            }
            last = rows.getLast().relation().text();
        }
    }

    /// The cards are people's from now on: pushes are refused, and one in progress ends.
    public ChangeResult takeOver(OfficeId office, Author author) throws SQLException {
        return CardKeeper.takeOver(writer, office, author);
    }

    /// An app keeps them no more, if it is this one: the next that pushes does.
    ///
    /// @param app whose token has ended
    public ChangeResult release(OfficeId office, String app, Author author) throws SQLException {
        return CardKeeper.release(writer, office, app, author);
    }

    /// The next app that pushes keeps them.
    public ChangeResult giveBack(OfficeId office, Author author) throws SQLException {
        return CardKeeper.giveBack(writer, office, author);
    }
}
