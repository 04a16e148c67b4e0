package facteur.store;

import facteur.office.RelationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What changes of one card.
///
/// @param before empty when there is none
/// @param after empty when there is to be none
record CardDifference(RelationId relation, Optional<CardText> before, Optional<CardText> after) {
    /// Of those edits that change anything.
    static List<CardDifference> of(List<CardEdit> edits, Map<RelationId, CardRow> present) {
        var differences = new ArrayList<CardDifference>();
        for (var edit : edits) {
            var before = Optional.ofNullable(present.get(edit.relation())).map(CardRow::text);
            var after = edit.change().apply(before);
            if (!before.equals(after)) {
                differences.add(new CardDifference(edit.relation(), before, after));
            }
        }
        return differences;
    }
}
