package facteur.settings;

/// Where settings come from. Thread-safe; may block.
public interface SettingsSource {
    Lookup<OfficeSettings> office(OfficeId office);

    /// The card of one client of one office; never that of another office.
    Lookup<RelationCard> relation(OfficeId office, RelationId relation);
}
