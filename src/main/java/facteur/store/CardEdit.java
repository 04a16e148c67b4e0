package facteur.store;

import facteur.office.RelationId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What is to become of one card, as it is by then.
///
/// @param relation in composed form
/// @param change from the present card to the wanted one; empty = no card. Has no effect of its own: it may be asked twice
record CardEdit(RelationId relation, UnaryOperator<Optional<CardText>> change) {
    CardEdit {
        relation = relation.composed();
    }

    static CardEdit delete(RelationId relation) {
        return new CardEdit(relation, _ -> Optional.empty());
    }
}
