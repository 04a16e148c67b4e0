package facteur.store;

import facteur.office.OfficeId;

/// A version that was just written, for the journal.
public record Saved(OfficeId office, Version version) {}
