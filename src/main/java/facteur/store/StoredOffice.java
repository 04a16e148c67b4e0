package facteur.store;

import facteur.office.OfficeId;
import facteur.platform.json.JsonValue;
import java.time.Instant;

/// An office as it is kept.
///
/// @param version of its last change, of whichever kind
/// @param settingsAt the version that wrote its settings last: its ETag
/// @param settings in the shape of the http source
/// @param cardsKeptBy the app that sends its cards; empty when people keep them
public record StoredOffice(
        OfficeId id, long version, long settingsAt, JsonValue settings, String cardsKeptBy, Instant changedAt) {}
