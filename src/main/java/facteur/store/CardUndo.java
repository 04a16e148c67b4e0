package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes a version of cards back: each card that still is as the version left it becomes what it was. One from whose change a person
/// was erased is left. Thread-safe.
final class CardUndo {
    private record Change(RelationId relation, Optional<CardText> before, Optional<CardText> after) {
        boolean isErased() {
            return Stream.of(before, after).flatMap(Optional::stream).anyMatch(card -> ErasedText.isErased(card.json()));
        }

        CardEdit edit() {
            return new CardEdit(relation, present -> present.equals(after) ? before : present);
        }
    }

    private static final String CHANGES =
            """
            select relation, before, after from card_change where office = ? and number = ? and relation > ? and before <> after
            order by relation limit 100""";
    private static final String WHOLE =
            """
            select 1 from card_change where office = ? and number = ? and before <> after and before not like ? and after not like ? limit 1""";

    private final StoreWriter writer;
    private final CardSeries.Rest rest;

    CardUndo(StoreWriter writer) {
        this(writer, CardSeries.Rest.of(writer));
    }

    CardUndo(StoreWriter writer, CardSeries.Rest rest) {
        this.writer = writer;
        this.rest = rest;
    }

    /// @param undone that changed cards
    UndoResult run(OfficeId office, Version undone, Author author) throws SQLException {
        var number = undone.number();
        if (changes(office, number, "").isEmpty()) {
            return new UndoResult.NotUndone(
                    new ChangeResult.Conflict("not-kept", "what version " + number + " did to cards is no longer known, or it did nothing"));
        }
        if (!isAnyWhole(office, number)) {
            return new UndoResult.NotUndone(SettingsHistory.erased(number));
        }
        return switch (CardLease.take(writer, office, author, CardLease.Purpose.EDIT)) {
            case CardLease.NotTaken(var why) -> new UndoResult.NotUndone(changeResult(why));
            case CardLease.Taken(var lease, var version) -> {
                try (lease) {
                    var series = new CardSeries(writer, rest, lease, office, author, number, 0, CardSeries.Progress.NONE);
                    var result = putBack(office, number, version, series);
                    series.tell();
                    yield result;
                }
            }
        };
    }

    private UndoResult putBack(OfficeId office, long number, long version, CardSeries series) throws SQLException {
        var left = new ArrayList<RelationId>();
        for (var changes = changes(office, number, ""); !changes.isEmpty(); changes = changes(office, number, changes.getLast().relation().text())) {
            var edits = changes.stream().filter(change -> !change.isErased()).map(Change::edit).toList();
            var present = edits.isEmpty()
                    ? Map.<RelationId, CardRow>of()
                    : writer.database().reading(statements -> CardRow.read(statements, office, edits));
            for (var change : changes) {
                var card = Optional.ofNullable(present.get(change.relation())).map(CardRow::text);
                if (change.isErased() || !card.equals(change.after()) && !card.equals(change.before())) {
                    left.add(change.relation());
                }
            }
            var stopped = series.write(edits);
            if (stopped.isPresent()) {
                return new UndoResult.NotUndone(changeResult(stopped.get()));
            }
        }
        var tally = series.tally();
        return new UndoResult.Undone(
                Math.max(version, series.number()), tally.created() + tally.changed() + tally.deleted(), left, List.of());
    }

    /// Which cards are not as they were before the version.
    List<RelationId> left(OfficeId office, long number, int limit) throws SQLException {
        var left = new ArrayList<RelationId>();
        for (var changes = changes(office, number, "");
                !changes.isEmpty() && left.size() < limit;
                changes = changes(office, number, changes.getLast().relation().text())) {
            var edits = changes.stream().map(Change::edit).toList();
            var present = writer.database().reading(statements -> CardRow.read(statements, office, edits));
            changes.stream()
                    .filter(change -> !Optional.ofNullable(present.get(change.relation())).map(CardRow::text).equals(change.before()))
                    .limit(limit - left.size())
                    .forEach(change -> left.add(change.relation()));
        }
        return left;
    }

    private boolean isAnyWhole(OfficeId office, long number) throws SQLException {
        return writer.database()
                .reading(statements -> statements.first(
                        WHOLE, _ -> true, office.text(), number, ErasedText.PATTERN, ErasedText.PATTERN))
                .orElse(false);
    }

    private List<Change> changes(OfficeId office, long number, String after) throws SQLException {
        return writer.database()
                .reading(statements -> statements.list(
                        CHANGES,
                        row -> new Change(new RelationId(row.getString(1)), card(row.getString(2)), card(row.getString(3))),
                        office.text(), number, after));
    }

    private static Optional<CardText> card(String json) {
        return json.isEmpty() ? Optional.empty() : Optional.of(CardText.parse(json));
    }

    private static ChangeResult changeResult(CardsResult why) {
        return switch (why) {
            case CardsResult.Missing() -> new ChangeResult.Missing();
            case CardsResult.Conflict(var code, var message) -> new ChangeResult.Conflict(code, message);
            case CardsResult.Busy() -> new ChangeResult.Conflict("busy", "cards of this office are being written by another request");
            case CardsResult.Written _, CardsResult.Refused _, CardsResult.TooMany _, CardsResult.WouldDelete _ ->
                throw new IllegalStateException("not an answer to an undo: " + why);
        };
    }
}
