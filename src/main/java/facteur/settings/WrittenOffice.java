package facteur.settings;

import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.platform.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// An office as its files have it, to be put elsewhere. Immutable.
///
/// @param settings as they are written, without the cards
/// @param cards by their ids in composed form, sorted; empty when the files say nothing of cards
public record WrittenOffice(OfficeId id, JsonValue.Members settings, Optional<SequencedMap<RelationId, RelationCard>> cards) {
    public WrittenOffice {
        cards = cards.map(byId -> Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byId)));
    }
}
