package facteur.settings;

/// Where settings come from. Thread-safe; may block, within finite timeouts. What the other side does is in the result,
/// never thrown.
public interface SettingsSource extends AutoCloseable {
    /// What people call it: `files offices`, `sql jdbc:postgresql://…`. Without secrets.
    String name();

    Lookup<OfficeSettings> office(OfficeId office);

    /// The card of one client of one office; never that of another office.
    Lookup<RelationCard> relation(OfficeId office, RelationId relation);

    /// Lets go of connections.
    @Override
    void close();
}
