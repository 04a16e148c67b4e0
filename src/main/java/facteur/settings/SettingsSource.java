package facteur.settings;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import java.util.List;
import java.util.Optional;

/// Where settings come from. Thread-safe; may block, within finite timeouts. Failures of the other side are results, never
/// thrown.
public interface SettingsSource extends AutoCloseable {
    /// Its name for messages: `files offices`, `sql jdbc:postgresql://…`. Without secrets.
    String name();

    Lookup<OfficeSettings> office(OfficeId office);

    /// The card of one client of one office; never that of another office.
    Lookup<RelationCard> relation(OfficeId office, RelationId relation);

    /// The form in which it compares ids of clients: what is the same to it is one answer in a cache.
    default RelationId form(RelationId relation) {
        return relation;
    }

    /// What offices and cards could no longer say if these were the roles.
    ///
    /// @return one per file or place; empty when the source can't list what it has
    default Optional<List<Problem>> unlisted(Roles next) {
        return Optional.empty();
    }

    /// Drops what it stores of an office: the next answer is read from where the settings are.
    default void forget(OfficeId office) {}

    /// The same for every office.
    default void forgetAll() {}

    /// Closes connections.
    @Override
    void close();
}
