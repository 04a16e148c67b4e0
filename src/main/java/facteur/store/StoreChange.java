package facteur.store;

import facteur.office.OfficeId;
import facteur.office.RelationId;
import java.util.Optional;

/// What a cache holds that is no longer so.
///
/// @param subject what of the office changed
public record StoreChange(OfficeId office, Subject subject) {
    /// A part of an office.
    public sealed interface Subject {}

    /// Its settings.
    public record OfSettings() implements Subject {}

    /// One card.
    public record OfCard(RelationId relation) implements Subject {}

    /// All cards.
    public record OfCards() implements Subject {}

    private static final String ALL = "*";

    public static StoreChange ofSettings(OfficeId office) {
        return new StoreChange(office, new OfSettings());
    }

    public static StoreChange ofCard(OfficeId office, RelationId relation) {
        return new StoreChange(office, new OfCard(relation));
    }

    public static StoreChange ofCards(OfficeId office) {
        return new StoreChange(office, new OfCards());
    }

    /// As it stands in the feed. A client that is called `*` counts as all of them, which is no loss.
    String relation() {
        return switch (subject) {
            case OfSettings() -> "";
            case OfCard(var relation) -> relation.text();
            case OfCards() -> ALL;
        };
    }

    /// Empty when the office's name isn't one.
    static Optional<StoreChange> of(String office, String relation) {
        return OfficeId.parse(office).map(id -> switch (relation) {
            case "" -> ofSettings(id);
            case ALL -> ofCards(id);
            default -> RelationId.parse(relation).map(client -> ofCard(id, client)).orElseGet(() -> ofCards(id));
        });
    }
}
