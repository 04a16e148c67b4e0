package facteur.settings;

import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    /// The cards of several clients of one office, for one who tries settings on many letters.
    ///
    /// @param relations no more than [#cardsAtOnce]
    default Map<RelationId, Lookup<RelationCard>> relations(OfficeId office, Set<RelationId> relations) {
        return relations.stream().collect(Collectors.toMap(relation -> relation, relation -> relation(office, relation)));
    }

    /// How many cards may be asked for in one question that takes hardly longer than for one.
    default int cardsAtOnce() {
        return 1;
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
