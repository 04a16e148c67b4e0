package facteur.store;

import facteur.office.OfficeId;
import java.time.Instant;

/// An office in a list.
///
/// @param version of its last change, of whichever kind
/// @param settingsAt the version that wrote its settings last: its ETag
/// @param cards how many it has
/// @param cardsKeptBy the app that sends them; empty when people keep them
public record OfficeSummary(
        OfficeId id, long version, long settingsAt, long cards, String cardsKeptBy, Instant changedAt, boolean isRemoved) {}
