package facteur.store;

import facteur.office.RelationId;
import facteur.platform.json.JsonValue;
import java.util.Optional;

/// What a version did to one card.
///
/// @param before empty when there was none
/// @param after empty when it was removed
public record CardChange(RelationId relation, Optional<JsonValue> before, Optional<JsonValue> after) {}
