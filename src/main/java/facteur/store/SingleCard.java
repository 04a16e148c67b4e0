package facteur.store;

import facteur.mail.message.Mailbox;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.platform.config.Problem;
import facteur.platform.config.ProblemCode;
import facteur.platform.json.JsonValue;
import facteur.settings.PeopleTexts;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A change of one card, in one transaction. For one change.
final class SingleCard {
    private static final String ORIGIN = "card";
    private static final String AUTHOR = "select actor from office_change where office = ? and number = ?";

    private final StoreWriter writer;
    private final OfficeId office;
    private final RelationId relation;
    private final Author author;

    SingleCard(StoreWriter writer, OfficeId office, RelationId relation, Author author) {
        this.writer = writer;
        this.office = office;
        this.relation = relation.composed();
        this.author = author;
    }

    ChangeResult put(JsonValue card, CardInputReader reader, Precondition precondition) throws SQLException {
        return write(card, reader, CardImport.Mode.REPLACE, precondition, _ -> Optional.empty());
    }

    /// There must be a card: a merge patch changes what is there.
    ChangeResult patch(JsonValue patch, CardInputReader reader, Precondition precondition) throws SQLException {
        return write(patch, reader, CardImport.Mode.MERGE, precondition, SingleCard::missing);
    }

    ChangeResult delete(Precondition precondition) throws SQLException {
        return write(CardEdit.delete(relation), List.of(), precondition, SingleCard::missing);
    }

    /// What must be true of the present card, beside the [Precondition].
    private interface Demand {
        Optional<ChangeResult> refusal(Optional<CardRow> present);
    }

    private static Optional<ChangeResult> missing(Optional<CardRow> present) {
        return present.isEmpty() ? Optional.of(new ChangeResult.Missing()) : Optional.empty();
    }

    private ChangeResult write(JsonValue card, CardInputReader reader, CardImport.Mode mode, Precondition precondition, Demand demand)
            throws SQLException {
        var problems = new LineProblems(ORIGIN, 0);
        var input = reader.read(withRelation(card), problems);
        if (card instanceof JsonValue.Members members && members.member(CardInputReader.DELETE).isPresent()) {
            problems.add(CardInputReader.DELETE, ProblemCode.KEY_UNKNOWN, "is for lines of many cards");
        }
        if (input.isPresent() && !input.get().relation().composed().equals(relation)) {
            problems.add(CardInputReader.RELATION, ProblemCode.VALUE_INVALID, "is another one than that of the address: " + relation);
        }
        if (!problems.isEmpty() || input.isEmpty()) {
            return new ChangeResult.Invalid(problems.list());
        }
        writer.requireRoom();
        return write(input.get().edit(mode, reader.roles()), warnings(CardInputReader.mailboxes(input.get())), precondition, demand);
    }

    private JsonValue withRelation(JsonValue card) {
        return card instanceof JsonValue.Members members && members.member(CardInputReader.RELATION).isEmpty()
                ? members.with(CardInputReader.RELATION, JsonValue.of(relation.text()))
                : card;
    }

    private static List<Problem> warnings(Map<String, List<Mailbox>> people) {
        var warnings = new LineProblems(ORIGIN, 0);
        people.forEach((role, mailboxes) -> PeopleTexts.look(mailboxes, (code, message) -> warnings.add(role, code, message)));
        return warnings.list();
    }

    private ChangeResult write(CardEdit edit, List<Problem> warnings, Precondition precondition, Demand demand) throws SQLException {
        return writer.write(transaction -> {
            var found = OfficeRow.lock(transaction, writer.database().dialect().lock(), office);
            if (found.isEmpty() || found.get().isRemoved()) {
                return new ChangeResult.Missing();
            }
            var conflict = CardKeeper.conflict(found.get(), author);
            if (conflict.isPresent()) {
                return conflict.get();
            }
            var present = CardRow.read(transaction.statements(), office, relation);
            var refusal = demand.refusal(present);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (isStale(precondition, present)) {
                return present.isEmpty() ? new ChangeResult.Missing() : stale(transaction, present.get());
            }
            return write(transaction, found.get(), edit, present, warnings);
        });
    }

    private ChangeResult write(
            StoreTransaction transaction, OfficeRow row, CardEdit edit, Optional<CardRow> present, List<Problem> warnings)
            throws SQLException {
        var before = present.map(CardRow::text);
        var after = edit.change().apply(before);
        if (before.equals(after)) {
            return new ChangeResult.Unchanged(present.map(CardRow::version).orElse(row.version()), warnings);
        }
        var version = CardVersion.begin(transaction, row, author, 0, 1, CardVersion.Telling.NOW);
        CardRow.write(transaction.statements(), office, List.of(new CardDifference(relation, before, after)), version, transaction.now());
        transaction.changed(StoreChange.ofCard(office, relation));
        return new ChangeResult.Changed(version, warnings);
    }

    private static boolean isStale(Precondition precondition, Optional<CardRow> present) {
        return switch (precondition) {
            case Precondition.None() -> false;
            case Precondition.Absent() -> present.isPresent();
            case Precondition.AtVersion(var number) -> present.isEmpty() || present.get().version() != number;
        };
    }

    private ChangeResult stale(StoreTransaction transaction, CardRow present) throws SQLException {
        var actor = transaction.statements().first(AUTHOR, row -> row.getString(1), office.text(), present.version());
        return new ChangeResult.Stale(present.version(), actor.orElse(""), present.changedAt());
    }
}
