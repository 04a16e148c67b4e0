package facteur.settings;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;

/// Where settings come from. Thread-safe; may block, within finite timeouts. Failures of the other side are results, never
/// thrown.
public interface SettingsSource extends AutoCloseable {
    /// Its name for messages: `files offices`, `sql jdbc:postgresql://…`. Without secrets.
    String name();

    Lookup<OfficeSettings> office(OfficeId office);

    /// The card of one client of one office; never that of another office.
    Lookup<RelationCard> relation(OfficeId office, RelationId relation);

    /// Drops what it stores of an office: the next answer is read from where the settings are.
    default void forget(OfficeId office) {}

    /// The same for every office.
    default void forgetAll() {}

    /// Closes connections.
    @Override
    void close();
}
