package facteur.settings;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;

/// Where settings come from. Thread-safe; may block, within finite timeouts. What the other side does is in the result,
/// never thrown.
public interface SettingsSource extends AutoCloseable {
    /// What people call it: `files offices`, `sql jdbc:postgresql://…`. Without secrets.
    String name();

    Lookup<OfficeSettings> office(OfficeId office);

    /// The card of one client of one office; never that of another office.
    Lookup<RelationCard> relation(OfficeId office, RelationId relation);

    /// What it keeps of an office to spare itself work counts for nothing: the next answer is read from where settings are.
    default void forget(OfficeId office) {}

    /// The same for every office.
    default void forgetAll() {}

    /// Lets go of connections.
    @Override
    void close();
}
