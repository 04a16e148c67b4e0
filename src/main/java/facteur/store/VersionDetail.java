package facteur.store;

import facteur.platform.json.JsonValue;
import java.util.Optional;

/// One version with what it changed.
///
/// @param before settings; empty when there were none, or only cards changed
/// @param after settings; empty when there are none, or only cards changed
public record VersionDetail(Version version, Optional<JsonValue> before, Optional<JsonValue> after) {}
