package facteur.store;

import facteur.office.OfficeId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Who may change the cards of an office. People keep them until an app pushes; from then on the app does, and people read. People may
/// take them over, and give them back. An operator's command may always: the app's next push says what it thinks of it. Stateless.
final class CardKeeper {
    /// Stands where the app's name would, when people took the cards over; no token may have this name.
    static final String PEOPLE = "people";

    private static final String CODE = "cards-kept-by";

    private CardKeeper() {}

    /// Why the author may not change the cards; empty when they may.
    static Optional<ChangeResult.Conflict> conflict(OfficeRow office, Author author) {
        var keeper = office.cardsKeptBy();
        return switch (author.via()) {
            case COMMAND -> Optional.empty();
            case CONSOLE -> keeper.isEmpty() || keeper.equals(PEOPLE)
                    ? Optional.empty()
                    : Optional.of(new ChangeResult.Conflict(CODE, "the cards are kept by the app " + keeper));
            case API -> {
                if (keeper.isEmpty() || keeper.equals(author.actor())) {
                    yield Optional.empty();
                }
                yield Optional.of(new ChangeResult.Conflict(
                        CODE,
                        keeper.equals(PEOPLE)
                                ? "the cards are kept by people: they took them over in the console"
                                : "the cards are kept by another app: " + keeper));
            }
        };
    }

    /// The same office, after many cards came from this author.
    static OfficeRow claimed(OfficeRow office, Author author) {
        return switch (author.via()) {
            case API -> office.withCardsKeptBy(author.actor());
            case CONSOLE, COMMAND -> office;
        };
    }

    static ChangeResult takeOver(StoreWriter writer, OfficeId office, Author author) throws SQLException {
        return writer.write(transaction -> {
            var found = present(writer, transaction, office);
            if (found.isEmpty()) {
                return new ChangeResult.Missing();
            }
            PushRow.end(transaction.statements(), office);
            return changed(transaction, found.get(), PEOPLE, author, "people have taken the cards over");
        });
    }

    static ChangeResult giveBack(StoreWriter writer, OfficeId office, Author author) throws SQLException {
        return writer.write(transaction -> {
            var found = present(writer, transaction, office);
            return found.isEmpty() ? new ChangeResult.Missing() : changed(transaction, found.get(), "", author, "people have given the cards back");
        });
    }

    /// Its token has ended, so the app can't write any more.
    static ChangeResult release(StoreWriter writer, OfficeId office, String app, Author author) throws SQLException {
        return writer.write(transaction -> {
            var found = present(writer, transaction, office);
            if (found.isEmpty()) {
                return new ChangeResult.Missing();
            }
            var row = found.get();
            return app.equals(PEOPLE) || !row.cardsKeptBy().equals(app)
                    ? new ChangeResult.Unchanged(row.version(), List.of())
                    : changed(transaction, row, "", author, "the app " + app + ", whose token has ended, keeps the cards no more");
        });
    }

    private static Optional<OfficeRow> present(StoreWriter writer, StoreTransaction transaction, OfficeId office) throws SQLException {
        return OfficeRow.lock(transaction, writer.database().dialect().lock(), office).filter(row -> !row.isRemoved());
    }

    /// It is a version that changes no card, so that the history tells who did it.
    private static ChangeResult changed(StoreTransaction transaction, OfficeRow row, String keeper, Author author, String what)
            throws SQLException {
        if (row.cardsKeptBy().equals(keeper)) {
            return new ChangeResult.Unchanged(row.version(), List.of());
        }
        var note = author.note().isEmpty() ? what : what + ": " + author.note();
        var noted = new Author(author.via(), author.actor(), author.behalf(), author.peer(), note);
        return new ChangeResult.Changed(CardVersion.begin(transaction, row.withCardsKeptBy(keeper), noted, 0, 0, CardVersion.Telling.NOW), List.of());
    }
}
